import Experiments
import RunHistory
import SourceText
import Training

/// A run's series as the history has them, beside what training it again measures.
struct RunVerification {
  struct Difference: Hashable {
    let metric: String
    let step: Int
    /// nil: there is no value.
    let recorded: Double?
    let replayed: Double?
  }

  private let recorded: [String: [Int: Double]]
  private var replayed: [String: [Int: Double]] = [:]
  /// A process that was killed may have lost what it measured last.
  private let isWhole: Bool
  private let steps: ClosedRange<Int>?
  /// What the run that this one resumes recorded at this one's first step: Ctrl-C may come between a step and what its epoch measures.
  private let earlier: Set<String>

  init(_ run: RunRecord, _ history: RunHistory) throws(HistoryError) {
    var recorded: [String: [Int: Double]] = [:]
    for metric in try history.metrics(of: run.id) {
      recorded[metric] = Dictionary(try history.series(run.id, metric: metric).map { ($0.step, $0.value) }) { $1 }
    }
    self.recorded = recorded
    isWhole = run.state != .dead && run.state != .failed
    let all = recorded.values.flatMap(\.keys)
    let steps = all.min().flatMap { low in all.max().map { low...$0 } }
    self.steps = steps
    var earlier: Set<String> = []
    if let first = steps?.lowerBound, let before = run.continues {
      for metric in try history.metrics(of: before) where recorded[metric]?[first] == nil {
        if try history.series(before, metric: metric).contains(where: { $0.step == first }) { earlier.insert(metric) }
      }
    }
    self.earlier = earlier
  }

  var metricCount: Int { recorded.count }
  var valueCount: Int { recorded.values.reduce(0) { $0 + $1.count } }

  mutating func add(_ event: TrainingEvent) {
    switch event {
    case .step(let step): add(step.values, at: step.step)
    case .epoch(let epoch): add(epoch.measured, at: epoch.step)
    }
  }

  private mutating func add(_ values: [MetricValue], at step: Int) {
    // A run that was resumed recorded its own steps alone.
    guard let steps, steps.contains(step) else { return }
    for value in values where step > steps.lowerBound || !earlier.contains(value.name) { replayed[value.name, default: [:]][step] = value.value }
  }

  /// The earliest value that is not the same to the last bit; of one step's the first in alphabetical order.
  var firstDifference: Difference? {
    Set(recorded.keys).union(replayed.keys).compactMap(firstDifference).min { ($0.step, $0.metric) < ($1.step, $1.metric) }
  }

  private func firstDifference(in metric: String) -> Difference? {
    let (before, now) = (recorded[metric] ?? [:], replayed[metric] ?? [:])
    let steps = isWhole ? Set(before.keys).union(now.keys) : Set(before.keys)
    let step = steps.filter { !Self.isSame(before[$0], now[$0]) }.min()
    return step.map { Difference(metric: metric, step: $0, recorded: before[$0], replayed: now[$0]) }
  }

  /// The history keeps every bit but the sign of a zero and the payload of a NaN.
  private static func isSame(_ one: Double?, _ other: Double?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return one == other || one.isNaN && other.isNaN
  }
}
