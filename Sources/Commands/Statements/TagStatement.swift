import RunHistory
import SourceText
import Syntax

/// `tag 41 table3`, `tag 41 42 "SimSiam" table3`
enum TagStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "tag", signature: "tag [RUN …] TAG", summary: "tag runs, by number, range or name; the latest one by default",
    examples: ["tag 1 table3"], arguments: [[.runs]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let runs = try session.runs(&arguments, leaving: 1)
    let tag = try arguments.text("tag").0
    try arguments.end()
    let history = try session.history(at: statement.span)
    for run in runs { try session.recording(at: run.site) { () throws(HistoryError) in try history.tag(run.id, tag) } }
    session.note("\(runs.text) · tagged `\(tag)`")
  }
}
