extension Verdict {
  /// A fall of mr between the last two fifths of a run: a run on its way down should not pass for one that survived.
  public struct Fall: Hashable, Sendable {
    /// Runs with fewer steps in a fifth say nothing.
    static let minimumFifth = 5

    /// The mean of mr over the last fifth but one.
    public let before: Double
    /// The mean of mr over the last fifth.
    public let after: Double

    /// nil when mr fell by no more than `threshold` of what it was, or the trace is too short to tell.
    init?(trace: [Double], threshold: Double) {
      let fifth = trace.count / 5
      guard fifth >= Fall.minimumFifth else { return nil }
      before = trace.suffix(2 * fifth).prefix(fifth).reduce(0, +) / Double(fifth)
      after = trace.suffix(fifth).reduce(0, +) / Double(fifth)
      guard after < (1 - threshold) * before else { return nil }
    }
  }

  /// What to know beside the sentence, which tells of a fall.
  public enum Warning: Hashable, Sendable {
    case lowRank(Double)
    case smallBatch(Int)

    public var message: String {
      switch self {
      case .lowRank(let rank): "the effective rank is only \(Verdict.significant(rank, 2))"
      case .smallBatch(let batch):
        "with a batch of \(batch) a center is noisy: about 1/√\(batch) = \(Verdict.significant(1 / Double(batch).squareRoot(), 2))"
      }
    }

    static func all(word: Word, rank: Double?, batch: Int, thresholds: VerdictThresholds) -> [Warning] {
      var warnings: [Warning] = []
      if let rank, rank < thresholds.rank, word == .no || word == .partial { warnings.append(.lowRank(rank)) }
      if batch > 0 && batch < thresholds.batch { warnings.append(.smallBatch(batch)) }
      return warnings
    }
  }
}
