/// Past runs, as `run("a").top1` and `max(mo of "a")` ask for them. Knows nothing of SQL.
public protocol RunLookup: AnyObject {
  /// The columns and summaries of the session's latest run called `name`, else of the history's, else of that number; of the session's latest run for an
  /// empty name. nil where there is none.
  func run(named name: String) -> (any RunFacts)?
  func run(numbered number: Int64) -> (any RunFacts)?
  /// The numbers of the session's runs of that name, in the order of training.
  func runNumbers(named name: String) -> [Int64]
  /// Names that `run("…")` finds, for a hint.
  var runNames: [String] { get }
}

/// One run.
public protocol RunFacts: AnyObject {
  /// A column, setting or metric's last value: nil where the run has none of that name.
  func fact(_ name: String) -> Value?
  /// The values of a metric in the order of steps.
  func series(_ metric: String) -> [Double]
  var factNames: [String] { get }
}
