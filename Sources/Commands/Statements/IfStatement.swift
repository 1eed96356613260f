import SourceText
import Syntax

/// `if E { … } else { … }`
enum IfStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "if", signature: "if EXPR { … } else { … }", summary: "one branch or the other",
    examples: ["if 1 < 2 { print \"yes\" } else { print \"no\" }"],
    arguments: [[.formula]])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .conditional(let condition, let then, let otherwise) = statement.kind else { return }
    try session.execute(try session.truth(condition, owner: "if", on: nil) ? then : otherwise)
  }
}

extension IfStatement {
  /// Both branches, where which one depends on runs.
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .conditional(let condition, let then, let otherwise) = statement.kind else { return }
    guard session.asksRuns(condition) else { return try run(statement, in: session) }
    try session.execute(then)
    try session.execute(otherwise)
  }
}
