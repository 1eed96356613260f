import Foundation
import Training

/// How far a run is and how long it will take, from the steps so far.
struct ProgressMeter {
  private let plan: TrainingPlan
  private let begin = ProcessInfo.processInfo.systemUptime
  private var top1: Double?
  private var latest: [MetricValue] = []
  private var done = 0
  private var epoch = 1

  init(plan: TrainingPlan) { self.plan = plan }

  mutating func progress(after event: TrainingEvent) -> Progress {
    switch event {
    case .step(let step):
      latest = step.values
      done = step.planStep
      epoch = step.epoch
    case .epoch(let record):
      top1 = record.measured["top1"] ?? top1
      done = record.planStep
      epoch = record.epoch
    }
    let elapsed = ProcessInfo.processInfo.systemUptime - begin
    let here = max(1, done - plan.doneSteps)
    let left = elapsed / Double(here) * Double(plan.totalSteps - done)
    var values = ["loss", "std", "mo", "mr"].compactMap { name in latest[name].map { (name: name, value: $0) } }
    if let top1 { values.append((name: "top1", value: top1)) }
    return Progress(
      epoch: epoch, epochs: plan.epochs, fraction: Double(done) / Double(plan.totalSteps), secondsElapsed: elapsed, secondsLeft: left,
      values: values)
  }
}
