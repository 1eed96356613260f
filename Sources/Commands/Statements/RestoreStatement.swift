import RunHistory
import SourceText
import Syntax

/// `restore 41`, `restore "a first try*"`
enum RestoreStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "restore", signature: "restore RUN …", summary: "bring forgotten runs back, by number, range or name", examples: ["restore 2"],
    arguments: [[.forgottenRuns]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let runs = try session.runs(&arguments, areForgotten: true)
    let history = try session.history(at: statement.span)
    for run in runs { try session.recording(at: run.site) { () throws(HistoryError) in try history.restore(run.id) } }
    session.note("\(runs.text) \(runs.count == 1 ? "is" : "are") back")
  }
}
