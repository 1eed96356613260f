import RunHistory
import SourceText
import Syntax

/// `note 41 "text"`
enum NoteStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "note", signature: "note [RUN …] \"TEXT\"", summary: "write a note on runs, by number, range or name; the latest one by default",
    examples: ["note 1 \"the first of all\""], arguments: [[.runs]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let runs = try session.runs(&arguments, leaving: 1)
    let text = try arguments.text("note").0
    try arguments.end()
    let history = try session.history(at: statement.span)
    for run in runs { try session.recording(at: run.site) { () throws(HistoryError) in try history.note(run.id, text) } }
    session.note("\(runs.text) · noted")
  }
}
