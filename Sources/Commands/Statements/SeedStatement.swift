import Experiments
import SourceText
import Syntax

/// `seed 0`
enum SeedStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "seed", signature: "seed N", summary: "the seed of weights, order, augmentation and draws; read at the next reset",
    examples: ["seed 1"])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let seed = try arguments.integer("seed", in: 0...(1 << 53))
    try arguments.end()
    session.experiment.set { $0.seed = UInt64(seed) }
    if session.experiment.position > 0 {
      session.note("seed \(seed) begins at the next `reset` or `train fresh`")
    }
  }
}
