/// Whether a run collapsed, with the evidence: a pure function of recorded numbers, so that anyone can check it.
///
/// Judged in every given space (Z, and P where the loss is on P), and the worse decides, by `VerdictThresholds`.
public struct Verdict: Hashable, Sendable {
  public enum Word: String, Hashable, Sendable, CaseIterable {
    case full
    case partial
    case no
    case diverged
    /// Nothing was measured: no step was done, or the loss has no projections.
    case unjudged
  }

  /// What was seen in one space, in training statistics.
  public struct Space: Hashable, Sendable {
    public let name: String
    /// D.
    public let dimension: Int
    public let std: Double
    public let mo: Double
    /// Root mean square of ‖r‖.
    public let mr: Double
    /// Mean of ‖r‖: never above `mr`, and far below it when a few rows lie apart from all others.
    public let mrMean: Double

    /// `mrMean` is `mr` when it is not known.
    public init(name: String, dimension: Int, std: Double, mo: Double, mr: Double, mrMean: Double? = nil) {
      self.name = name
      self.dimension = dimension
      self.std = std
      self.mo = mo
      self.mr = mr
      self.mrMean = mrMean ?? mr
    }

    /// std·√D: 1 when rows fill the sphere evenly.
    public var relativeStd: Double { std * Double(dimension).squareRoot() }
  }

  /// What was not finite, and when.
  public struct Divergence: Hashable, Sendable {
    /// The step of the plan, from 1.
    public let step: Int
    /// `loss`, or the gradient's parameter.
    public let quantity: String
    /// nil where it is an array of which some value is NaN or infinite.
    public let value: Double?

    public init(step: Int, quantity: String, value: Double? = nil) {
      self.step = step
      self.quantity = quantity
      self.value = value
    }
  }

  public let word: Word
  /// The spaces judged, the worse first.
  public let spaces: [Space]
  /// The effective rank at the end of the last epoch.
  public let rank: Double?
  public let divergence: Divergence?
  /// The fall of the worst mr that is still going on.
  public let fall: Fall?
  public let warnings: [Warning]
  public let thresholds: VerdictThresholds
  /// Which statistics the evidence is of.
  public var statistics: String { "training" }
  public var stillFalling: Bool { fall != nil }
  /// `collapsed` in formulas and in `history where`.
  public var isCollapsed: Bool { word == .full }

  /// - Parameters:
  ///   - spaces: the median over the last steps done.
  ///   - trace: the smallest mr of all spaces, step by step.
  ///   - batch: M.
  public init(
    spaces: [Space], trace: [Double] = [], rank: Double? = nil, batch: Int, divergence: Divergence? = nil,
    thresholds: VerdictThresholds = VerdictThresholds()
  ) {
    let judged = spaces.map { (space: $0, word: Verdict.word(of: $0, thresholds)) }
    // Stable, so that Z comes before P where both are alike.
    let ordered = judged.enumerated().sorted { left, right in
      let severities = (left.element.word.severity, right.element.word.severity)
      return severities.0 == severities.1 ? left.offset < right.offset : severities.0 > severities.1
    }.map(\.element)
    word = divergence != nil ? .diverged : ordered.first?.word ?? .unjudged
    self.spaces = ordered.map(\.space)
    self.rank = rank
    self.divergence = divergence
    self.thresholds = thresholds
    fall = word == .no || word == .partial ? Fall(trace: trace, threshold: thresholds.fall) : nil
    warnings = Warning.all(word: word, rank: rank, batch: batch, thresholds: thresholds)
  }

  private static func word(of space: Space, _ thresholds: VerdictThresholds) -> Word {
    guard space.std.isFinite, space.mo.isFinite, space.mr.isFinite else { return .diverged }
    if space.mrMean < thresholds.full || space.relativeStd < thresholds.full { return .full }
    return space.mr < thresholds.partial ? .partial : .no
  }
}

extension Verdict.Word {
  fileprivate var severity: Int {
    switch self {
    case .unjudged: 0
    case .no: 1
    case .partial: 2
    case .full: 3
    case .diverged: 4
    }
  }
}
