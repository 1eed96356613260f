import RunHistory
import SourceText
import Syntax
import Tables

/// `sql SELECT …`
enum SQLStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "sql", signature: "sql SELECT …", summary: "ask the history in SQL; it can only read",
    examples: ["sql SELECT name, max_value FROM metric_summary WHERE metric = 'top1'"], arguments: [[.sql]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .sql(let text, let site) = statement.kind else { return }
    let history = try session.history(at: statement.span)
    let table: ResultTable
    do throws(Diagnostic) {
      table = try history.sql(text, at: site, shouldStop: { Session.interruption.isRequested })
    } catch {
      throw Session.interruption.isRequested ? .interrupted : .wrong(error)
    }
    session.output.answer(.table(table, session.options.format))
  }
}
