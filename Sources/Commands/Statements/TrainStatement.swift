import Experiments
import Foundation
import SourceText
import Syntax
import Training

/// `train`, `train 20`, `train 300 steps`, `train fresh … as "NAME"`
enum TrainStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "train", signature: "train [fresh] [EPOCHS | N steps] [as \"NAME\"]",
    summary: "train on from the live model and record the run; `fresh` resets first", examples: ["train fresh 3*epochs as \"long\""],
    arguments: [[.words(["fresh", "as"])], [.words(["steps", "as"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .train(let isFresh, let amount, let unit, let nameExpression) = statement.kind else { return }
    let length = try self.amount(amount, unit, in: session)
    let name = try nameExpression.map { expression throws(StatementFailure) in try session.text(expression) } ?? ""
    if isFresh { session.reset() }
    let prepared = try StatementFailure.wrap { () throws(Diagnostic) in
      try session.experiment.prepareTraining(length, at: statement.span)
    }
    session.warn(prepared.warnings)
    // What goes on with an interrupted run goes by its name.
    let inherited = prepared.isRemainder && name.isEmpty ? session.record.entries.last?.name ?? "" : name
    let recorder = try StatementFailure.wrap { () throws(Diagnostic) in
      try RunRecorder(session, name: inherited, statement: statement, prepared: prepared)
    }
    let outcome = try train(prepared, recorder, in: session)
    try conclude(outcome, recorder, in: session)
  }

  /// Everything up to the first step: the step is planned, so that names, shapes and sizes are known to be right, and what it costs.
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .train(_, let amount, let unit, let nameExpression) = statement.kind else { return }
    let length = try self.amount(amount, unit, in: session)
    let name = try nameExpression.map { expression throws(StatementFailure) in try session.text(expression) } ?? ""
    let (cost, warnings) = try StatementFailure.wrap { () throws(Diagnostic) in
      try session.experiment.cost(of: length, at: statement.span, by: session.estimator)
    }
    session.warn(warnings)
    session.report.add(cost, name: name, at: statement.span)
  }

  private static func amount(
    _ amount: Expression?, _ unit: Statement.TrainingUnit, in session: Session
  ) throws(StatementFailure) -> Experiment.TrainingAmount {
    guard let amount else { return .usual }
    let number = try session.number(amount)
    guard unit == .steps else { return .epochs(number) }
    guard let steps = Int(exactly: number) else {
      throw .wrong(Diagnostic("`\(amount.span.text.shortened)` is \(Value.number(number).text): steps are whole", at: amount.span))
    }
    return .steps(steps)
  }

  private static func train(
    _ prepared: PreparedTraining, _ recorder: RunRecorder, in session: Session
  ) throws(StatementFailure) -> TrainingOutcome {
    var meter = ProgressMeter(plan: prepared.job.plan)
    let outcome = try StatementFailure.wrap { () throws(Diagnostic) in
      try session.experiment.run(prepared, stop: Session.interruption) { event in
        switch event {
        case .step(let step): recorder.record(step)
        case .epoch(let epoch): recorder.record(epoch)
        }
        session.output.progress(meter.progress(after: event))
      }
    }
    session.output.progress(nil)
    return outcome
  }

  /// `run 42 · no collapse (…)`
  private static func conclude(
    _ outcome: TrainingOutcome, _ recorder: RunRecorder, in session: Session
  ) throws(StatementFailure) {
    if let problem = recorder.finish(outcome) { session.output.diagnostic(problem) }
    let left = outcome.state == .interrupted ? "interrupted after \(outcome.stepsDone) steps; `train` does what is left · " : ""
    session.note("run \(recorder.id) · \(left)\(outcome.verdict.sentence)")
    for warning in outcome.verdict.warnings { session.note("  note: \(warning.message)") }
    if outcome.state == .interrupted { throw .interrupted }
  }
}

/// How far a run is and how long it will take, from the steps so far.
private struct ProgressMeter {
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
