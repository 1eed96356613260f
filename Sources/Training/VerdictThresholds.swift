/// The numbers a verdict is judged by.
public struct VerdictThresholds: Hashable, Sendable {
  /// `full` when mr, or std·√D, is under this.
  public var full: Double
  /// `partial` when mr is under this.
  public var partial: Double
  /// mr is still falling when, between the last two fifths of a run, its mean fell by more than this share.
  public var fall: Double
  /// An effective rank under this is worth a warning.
  public var rank: Double
  /// Centers of batches smaller than this are noisy, by O(1/√M).
  public var batch: Int

  public init(full: Double = 0.2, partial: Double = 0.5, fall: Double = 0.05, rank: Double = 5, batch: Int = 128) {
    self.full = full
    self.partial = partial
    self.fall = fall
    self.rank = rank
    self.batch = batch
  }
}
