import Experiments
import SourceText
import Syntax

/// `probe off`, `probe on`
enum ProbeStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "probe", signature: "probe on|off", summary: "the online linear probe (A.1), which gives top1", paper: "A.1",
    examples: ["probe off", "probe on"],
    arguments: [[.words(["on", "off"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let isOn = try arguments.word(of: ["on", "off"], what: "choice") == "on"
    try arguments.end()
    session.experiment.set { $0.isProbeOn = isOn }
  }
}
