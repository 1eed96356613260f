import Experiments
import SourceText
import Syntax
import Tables

/// `flow loss`
enum FlowStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "flow", signature: "flow loss", summary: "which terms of the loss reach which module, and which sg cuts the others off",
    paper: "Sec. 2.2, Fig. 1", examples: ["flow loss"], arguments: [[.words(["loss"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    _ = try arguments.word(of: ["loss"], what: "flow")
    try arguments.end()
    let flow = try StatementFailure.wrap { () throws(Diagnostic) in try session.experiment.flow(at: statement.span) }
    session.output.answer(.table(flow.table, session.options.format))
  }
}
