import Experiments
import SourceText
import Syntax

/// `decompose Za`, `decompose grad`
enum DecomposeStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "decompose", signature: "decompose EXPR · decompose grad [on train|test|N batches]",
    summary: "center and residual of a batch of vectors, or of the gradient -∂loss/∂Za (and ∂Pa)", paper: "Sec. 3.1 and 3.4",
    examples: ["decompose Za", "decompose grad on 2 batches"],
    arguments: [[.words(["grad"]), .formula]], clauses: [.init("on", [.words(["train", "test"])])])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .decompose(let expression, let sample) = statement.kind else { return }
    if case .name("grad") = expression.kind {
      let (parts, warnings) = try StatementFailure.wrap { () throws(Diagnostic) in
        try session.experiment.decomposeGradient(on: sample, at: expression.span)
      }
      session.warn(warnings)
      return session.output.result(parts.map(\.text).joined(separator: "\n"))
    }
    let (decomposition, warnings) = try StatementFailure.wrap { () throws(Diagnostic) in
      try session.experiment.decompose(expression, on: sample)
    }
    session.warn(warnings)
    session.output.result(decomposition.text)
  }
}

extension DecomposeStatement {
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .decompose(let expression, _) = statement.kind else { return }
    if case .name("grad") = expression.kind { return }
    try session.checkShapes([expression], owner: "decompose")
  }
}
