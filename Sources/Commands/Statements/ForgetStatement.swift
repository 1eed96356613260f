import RunHistory
import SourceText
import Syntax

/// `forget 41`, `forget 3..7 "a first try*"`
enum ForgetStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "forget", signature: "forget RUN …",
    summary: "hide runs, by number, range or name; `history forgotten` lists them, `restore` brings them back",
    examples: ["forget 2"], arguments: [[.runs]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let runs = try session.runs(&arguments)
    let history = try session.history(at: statement.span)
    for run in runs { try session.recording(at: run.site) { () throws(HistoryError) in try history.forget(run.id) } }
    session.note("\(runs.text) \(runs.count == 1 ? "is" : "are") hidden; `restore \(runs.numbers)` undoes that, `purge` deletes for good")
  }
}
