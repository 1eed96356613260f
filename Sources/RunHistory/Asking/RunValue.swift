/// One thing known of a run.
public enum RunValue: Hashable, Sendable {
  case number(Double)
  case text(String)
  case flag(Bool)
}

/// A run in a line.
public struct RunSummary: Hashable, Sendable {
  public let id: Int64
  public let name: String?
  public let state: RunState
  /// `full`, `partial`, `no`, `diverged`; nil before the run's end.
  public let verdict: String?
  public let steps: Int
}

/// What is kept of a metric's series.
public enum SeriesReduction: String, Hashable, Sendable, CaseIterable {
  case first, last, min, max
  /// The mean of the finite values.
  case mean
  case count
  /// The first step at which the least, the greatest value occurs.
  case argmin, argmax
}
