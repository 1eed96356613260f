import RunHistory
import SourceText
import Syntax

/// `forget 41`
enum ForgetStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "forget", signature: "forget RUN", summary: "hide a run; `restore` brings it back", examples: ["forget 2"], arguments: [[.runs], []])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let id = try arguments.integer("run number", in: 1...(1 << 53))
    try arguments.end()
    let history = try session.history(at: statement.span)
    try session.recording(at: statement.span) { () throws(HistoryError) in try history.forget(Int64(id)) }
  }
}
