import RunHistory
import SourceText
import Syntax

/// `lineage 42`
enum LineageStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "lineage", signature: "lineage RUN", summary: "the runs that a run goes back to, and those that continue or rerun it",
    examples: ["lineage 2"],
    arguments: [[.runs], []])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let (id, site) = try session.run(&arguments)
    try arguments.end()
    let history = try session.history(at: statement.span)
    let format = session.options.format
    let table = try session.recording(at: site) { () throws(HistoryError) in try history.lineage(of: id, isIndented: format == .table) }
    session.output.answer(.table(table, format))
  }
}
