import SourceText
import Syntax

/// `quit`
enum QuitStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "quit", signature: "quit", summary: "leave; at the prompt Ctrl-D does too, and `exit` and `q` are other words for it", examples: ["quit"]
  )

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    try StatementArguments(statement, declaration, in: session).end()
    throw .quit
  }
}
