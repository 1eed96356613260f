import Experiments
import SourceText
import Syntax

/// `checkpoint`, `checkpoint every 5 min`, `checkpoint every 2 epochs`, `checkpoint off`
enum CheckpointStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "checkpoint", signature: "checkpoint [every N min|h|s|epochs|steps | off]",
    summary: "keep the live state beside the history, now or while training (every 10 min unless set); `resume` goes on from it",
    examples: ["checkpoint every 5 min", "checkpoint every 2 epochs", "checkpoint off"],
    arguments: [[.words(["every", "off"])], [], [.words(["min", "h", "s", "epochs", "steps"])]])

  /// The rule alone makes the run; it records itself.
  static let isRecorded = false
  static let recordsItself = true

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    if let rule = try rule(statement, in: session) {
      session.checkpointRule = rule
      return session.transcribe("checkpoint \(rule.text)")
    }
    guard let run = session.record.live else {
      throw .wrong(
        Diagnostic(
          "there is no run yet whose state could be kept", at: statement.span, hint: "`save \"x.safetensors\"` keeps it under a name of its own"))
    }
    let path = try StatementFailure.writing { () throws(Diagnostic) in try session.keepCheckpoint(of: run.id, at: statement.span) }
    guard let path else {
      throw .wrong(
        Diagnostic(
          "the history is in memory, so a checkpoint needs a name", at: statement.span, hint: "`save \"x.safetensors\"` keeps it under that name"))
    }
    session.note("run \(run.id), step \(session.experiment.position): \(path)")
  }

  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    _ = try rule(statement, in: session)
  }

  /// nil where a checkpoint is asked for now.
  private static func rule(_ statement: Statement, in session: Session) throws(StatementFailure) -> CheckpointRule? {
    var arguments = try StatementArguments(statement, declaration, in: session)
    guard !arguments.rest.isEmpty else { return nil }
    guard try arguments.word(of: ["every", "off"], what: "choice") == "every" else {
      try arguments.end()
      return .off
    }
    if let count = single(&arguments) {
      try arguments.end()
      return count
    }
    let (number, site) = try arguments.number("count", in: 1e-3...1e9)
    let unit = try arguments.word(of: counted + seconds.keys.sorted(), what: "unit")
    try arguments.end()
    if let unit = seconds[unit] { return .seconds(number * unit) }
    guard let count = Int(exactly: number) else {
      throw .wrong(Diagnostic("\(unit) are whole, not \(Value.number(number).text)", at: site))
    }
    return unit.hasPrefix("epoch") ? .epochs(count) : .steps(count)
  }

  /// `every epoch`
  private static func single(_ arguments: inout StatementArguments) -> CheckpointRule? {
    if arguments.take("epoch") { return .epochs(1) }
    return arguments.take("step") ? .steps(1) : nil
  }

  private static let seconds: [String: Double] = ["s": 1, "seconds": 1, "min": 60, "minutes": 60, "h": 3600, "hours": 3600]
  private static let counted = ["epochs", "epoch", "steps", "step"]
}
