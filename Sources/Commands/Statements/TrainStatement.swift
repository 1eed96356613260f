import Experiments
import Foundation
import SourceText
import Syntax
import Tables
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
    let recorder = try StatementFailure.wrap { () throws(Diagnostic) in
      try RunRecorder(session, name: name, statement: statement, prepared: prepared)
    }
    let outcome = try train(prepared, recorder, in: session)
    try conclude(outcome, recorder, in: session)
  }

  /// Everything up to the first step: the loss is compiled, so that names, shapes and sizes are known to be right.
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .train(_, let amount, let unit, let nameExpression) = statement.kind else { return }
    let length = try self.amount(amount, unit, in: session)
    if let nameExpression { _ = try session.text(nameExpression) }
    let prepared = try StatementFailure.wrap { () throws(Diagnostic) in
      try session.experiment.prepareTraining(length, at: statement.span)
    }
    session.warn(prepared.warnings)
  }

  private static func amount(
    _ amount: Expression?, _ unit: Statement.TrainingUnit, in session: Session
  ) throws(StatementFailure) -> Experiment.TrainingAmount {
    guard let amount else { return .usual }
    let number = try session.number(amount)
    guard unit == .steps else { return .epochs(number) }
    guard let steps = Int(exactly: number) else {
      throw .wrong(Diagnostic("`\(amount.span.text.clipped)` is \(Value.number(number).text): steps are whole", at: amount.span))
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

/// `reset`
enum ResetStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "reset", signature: "reset", summary: "new weights and streams from the seed", examples: ["reset"])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    let arguments = try StatementArguments(statement, declaration, in: session)
    try arguments.end()
    session.reset()
  }
}

/// `evaluate linear`, `evaluate knn k=20`
enum EvaluateStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "evaluate", signature: "evaluate linear [epochs=N] · evaluate knn [k=N]", summary: "judge the frozen features on the test set",
    examples: ["evaluate knn k=20"],
    options: [.init("epochs", summary: "epochs of the linear classifier"), .init("k", summary: "neighbours")],
    arguments: [[.words(["linear", "knn"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let kind = try arguments.word(of: ["linear", "knn"], what: "evaluation")
    try arguments.end()
    let epochs = try arguments.integer(option: "epochs", in: 1...100_000)
    let neighbours = try arguments.integer(option: "k", in: 1...1_000_000)
    let experiment = session.experiment
    if kind == "linear" {
      let result = try StatementFailure.wrap { () throws(Diagnostic) in
        try experiment.linearEvaluation(epochs: epochs, at: statement.span)
      }
      session.show([("linear top1", result.testTop1), ("train", result.trainTop1)])
    } else {
      let top1 = try StatementFailure.wrap { () throws(Diagnostic) in
        try experiment.nearestNeighbourEvaluation(neighbours: neighbours ?? 20, at: statement.span)
      }
      session.show([("knn top1", top1)])
    }
  }
}

extension Session {
  /// Named numbers on one line, or as one JSON object.
  func show(_ numbers: [(name: String, value: Double)]) {
    if options.format == .json {
      output.result("{" + numbers.map { "\(JSONText.string($0.name)): \(NumberText.json($0.value))" }.joined(separator: ", ") + "}")
    } else {
      output.result(numbers.map { "\($0.name) \(NumberText.short($0.value))" }.joined(separator: "   "))
    }
  }
}
