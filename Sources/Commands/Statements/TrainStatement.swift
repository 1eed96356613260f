import Experiments
import SourceText
import Syntax

/// `train`, `train 20`, `train 300 steps`, `train fresh … as "NAME"`
enum TrainStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "train", signature: "train [fresh] [EPOCHS | N steps] [as \"NAME\"]",
    summary: "train on from the live model and record the run; `fresh` resets first", paper: "A.1",
    examples: ["train 20 steps", "train fresh 3*epochs as \"long\""],
    arguments: [[.words(["fresh", "as"])], [.words(["steps", "as"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) { try train(statement, in: session) }

  /// - Parameter original: the run that this one repeats.
  static func train(_ statement: Statement, in session: Session, rerunOf original: Int64? = nil) throws(StatementFailure) {
    guard case .train(_, _, _, let nameExpression) = statement.kind else { return }
    let name = try nameExpression.map { expression throws(StatementFailure) in try session.text(expression) } ?? ""
    guard let prepared = try prepared(statement, in: session) else { return }
    if session.isReproducing {
      _ = try StatementFailure.wrap { () throws(Diagnostic) in try session.experiment.run(prepared, stop: Session.interruption) { _ in } }
      if Session.interruption.isRequested { throw .interrupted }
      return
    }
    session.warn(prepared.warnings)
    // What goes on with an interrupted run goes by its name.
    let inherited = prepared.isRemainder && name.isEmpty ? session.record.live?.name ?? "" : name
    // The rest of a run that had not come to its first step is that run's all the same.
    let continues = prepared.isContinuation || prepared.isRemainder ? session.record.live?.id : nil
    var origin = RunOrigin(name: inherited, continues: continues, statement: statement)
    origin.rerunOf = original
    try RunTraining(prepared, origin, in: session).run()
  }

  /// Everything up to the first step: the step is planned, so that names, shapes and sizes are known to be right, and what it costs.
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard let checking = session.checking else { return }
    if checking.purpose == .benchmark {
      session.checking?.benchmarked = try prepared(statement, in: session)
      throw .quit
    }
    guard case .train(_, let amount, let unit, let nameExpression) = statement.kind else { return }
    let length = try self.amount(amount, unit, in: session)
    let name = try nameExpression.map { expression throws(StatementFailure) in try session.text(expression) } ?? ""
    let (cost, warnings) = try StatementFailure.wrap { () throws(Diagnostic) in
      try session.experiment.cost(of: length, at: statement.span, by: checking.estimator)
    }
    session.warn(warnings)
    session.checking?.report.add(cost, name: name, at: statement.span)
  }

  /// Everything before the first step; nil where the statement is no `train`.
  ///
  /// - Parameter restore: brings back the live state that it goes on from, before anything is made of that state.
  static func prepared(
    _ statement: Statement, in session: Session, from restore: () throws(StatementFailure) -> Void = {}
  ) throws(StatementFailure) -> PreparedTraining? {
    guard case .train(let isFresh, let amount, let unit, _) = statement.kind else { return nil }
    let length = try self.amount(amount, unit, in: session)
    if isFresh { session.reset() }
    try restore()
    return try StatementFailure.wrap { () throws(Diagnostic) in try session.experiment.prepareTraining(length, at: statement.span) }
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
}
