import SourceText
import Syntax

/// `reset`
enum ResetStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "reset", signature: "reset", summary: "new weights and streams from the seed", examples: ["reset"])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    let arguments = try StatementArguments(statement, declaration, in: session)
    try arguments.end()
    session.reset()
  }
}
