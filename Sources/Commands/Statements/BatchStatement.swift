import Experiments
import SourceText
import Syntax

/// `batch 256`
enum BatchStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "batch", signature: "batch N", summary: "images in a batch (M)", paper: "A.1", examples: ["batch 64"])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let batch = try arguments.integer("batch size", in: 2...1_048_576)
    try arguments.end()
    session.experiment.set { $0.batch = batch }
  }
}
