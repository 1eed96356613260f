import Experiments
import SourceText
import Syntax

/// `views 2`
enum ViewsStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "views", signature: "views N", summary: "augmented views of each image; Za is Z[1], Zb is Z[2]", paper: "A.3",
    examples: ["views 4", "views 2"])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let views = try arguments.integer("number of views", in: 2...64)
    try arguments.end()
    session.experiment.set { $0.views = views }
  }
}
