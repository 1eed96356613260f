/// The numbers a verdict is judged by.
public struct VerdictThresholds: Hashable, Sendable {
  /// `full` when the mean of ‖r‖, or std·√D, is under this. The mean and not the RMS: on real images a few rows in a hundred can stay apart
  /// (seen: 3 % of rows at ‖r‖ = 1.9 while all others have met at 0.05), which hold the RMS up for good though the rest is one point.
  public var full: Double
  /// `partial` when the RMS mr is under this.
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
