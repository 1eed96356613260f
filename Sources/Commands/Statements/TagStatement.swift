import RunHistory
import SourceText
import Syntax

/// `tag 41 table3`
enum TagStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "tag", signature: "tag [RUN] TAG", summary: "tag a run, the latest one by default", examples: ["tag 1 table3"], arguments: [[.runs], []])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let id = try session.runNumber(&arguments)
    let text = try arguments.text("tag").0
    try arguments.end()
    let history = try session.history(at: statement.span)
    try session.recording(at: statement.span) { () throws(HistoryError) in try history.tag(id, text) }
  }
}
