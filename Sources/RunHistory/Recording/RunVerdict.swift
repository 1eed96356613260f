/// The verdict on a run, with the numbers it rests on.
public struct RunVerdict: Sendable {
  /// `full`, `partial`, `no`, `diverged`.
  public var word: String
  public var sentence: String
  /// The statistics of the evidence: `training` or `evaluation`.
  public var statistics: String
  /// m_r was still falling steeply at the end.
  public var stillFalling: Bool
  /// `std`, `mo`, `mr`, `rank` of Z, the same of P as `std(P)`, and the thresholds.
  public var evidence: [(name: String, value: Double)]

  public init(
    word: String, sentence: String, statistics: String = "training", stillFalling: Bool = false,
    evidence: [(name: String, value: Double)] = []
  ) {
    self.word = word
    self.sentence = sentence
    self.statistics = statistics
    self.stillFalling = stillFalling
    self.evidence = evidence
  }
}
