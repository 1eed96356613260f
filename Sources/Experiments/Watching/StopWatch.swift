import SourceText
import Syntax
import Training

/// Looks at a run's metrics after every step, and says when it has to end.
///
/// A class: the step that ends the run is asked for when the run is over.
public final class StopWatch {
  /// Why a run ended before its time.
  public struct Stop {
    public let rule: StopRule
    /// The metrics that the condition speaks of, as they were.
    public let values: [(name: String, value: Double)]

    /// `collapse`; without a reason the condition itself.
    public var reason: String { rule.reason ?? rule.condition.expression.source }
  }

  public private(set) var stop: Stop?
  private let rules: [StopRule]
  /// `val`s that are numbers.
  private let constants: [String: Double]
  private var epochMetrics: [MetricValue] = []

  /// Names that every run has.
  public static let counters = ["step", "epoch"]

  /// - Parameter metrics: the names that the run will measure.
  /// - Throws: at a name that it will not.
  init(_ rules: [StopRule], metrics: [String], constants: [String: Double]) throws(Diagnostic) {
    self.rules = rules
    self.constants = constants
    let known = metrics + Self.counters + constants.keys
    for (name, site) in rules.flatMap(\.condition.names) where !known.contains(name) {
      throw Diagnostic(
        "`\(name)` is watched, and this run does not measure it", at: site,
        hint: NearestNames.question(for: name, among: known) ?? "it measures: \(metrics.sorted().joined(separator: ", "))")
    }
  }

  func note(_ epoch: EpochRecord) { epochMetrics = epoch.measured }

  /// Whether a rule holds after this step; the first that does is kept.
  func holds(after step: StepRecord) -> Bool {
    func value(_ name: String) -> Double? {
      if let value = step.values[name] ?? epochMetrics[name] { return value }
      switch name {
      case "step": return Double(step.step)
      case "epoch": return Double(step.epoch)
      default: return constants[name]
      }
    }
    guard let rule = rules.first(where: { $0.condition.holds(value) }) else { return false }
    var values: [(name: String, value: Double)] = []
    for (name, _) in rule.condition.names where !values.contains(where: { $0.name == name }) {
      if let found = value(name) { values.append((name, found)) }
    }
    stop = Stop(rule: rule, values: values)
    return true
  }
}
