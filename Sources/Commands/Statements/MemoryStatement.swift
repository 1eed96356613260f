import Experiments
import SourceText
import Syntax

/// `memory 0.8`, `memory none`
enum MemoryStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "memory", signature: "memory MOMENTUM · memory none",
    summary: "for every training image a moving average of its unit projections; Ma Mb are its unit rows with this view taken in",
    paper: "Sec. 2.1, Fig. 1b", examples: ["memory 0.8", "memory none"], arguments: [[.words(["none"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let momentum = try arguments.take("none") ? nil : arguments.number("momentum", in: 0...1).0
    try arguments.end()
    session.experiment.set { $0.memory = momentum }
  }
}
