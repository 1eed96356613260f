import Experiments
import SourceText
import Syntax

/// `queue 4096`, `queue none`
enum QueueStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "queue", signature: "queue ROWS · queue none",
    summary: "Q, negatives of earlier steps: after a step the rows of Tb enter (of Zb without a teacher), the oldest leave",
    examples: ["queue 256", "queue none"],
    arguments: [[.words(["none"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let size = try arguments.take("none") ? nil : arguments.integer("number of rows", in: 1...1_000_000)
    try arguments.end()
    session.experiment.set { $0.queue = size }
  }
}
