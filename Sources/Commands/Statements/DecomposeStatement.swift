import Experiments
import SourceText
import Syntax

/// `decompose Za`, `decompose grad`
enum DecomposeStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "decompose", signature: "decompose EXPR · decompose grad [on train|test|N batches]",
    summary:
      "center and residual of a batch of vectors, or of the gradient -∂loss/∂Za (and ∂Pa), with what follows from them; see `help decomposition`",
    paper: "Sec. 3.1 and 3.4; Eq. 3 and 4, Fig. 5",
    examples: ["decompose Za", "decompose grad on 2 batches"],
    answers: [
      .init(
        "‖x‖  ‖o‖  ‖r‖", "of a batch: the mean length of its rows x, the length of their center o, the mean, and of the residuals r = x - o (rms)"),
      .init("mo  mr", "‖o‖/‖x‖ and ‖r‖/‖x‖: 1 and 0 at collapse"),
      .init(
        "s·(Zb + Ge)", "of the gradient: the basic one, Zb on Za (Eq. 3), Pb on Pa (Eq. 4), and the extra one that is the rest, with the scale s"),
      .init("‖oe‖  ‖re‖", "the lengths of its center oe = center(Ge) and residual re = residual(Ge) (rms)"),
      .init("η", "eta, component(oe, oz), on Pa component(oe, op): how much of the center is in oe"),
      .init("cos(oe, oz)", "-1 where oe is nothing but the reversed center"),
      .init("cos(re, …)", "how far re points where a step against correlated dimensions would (Alg. 6)"),
      .init("de-centers", "η is under -0.02: the gradient drives vectors from their center, against collapse; over 0.02 it pulls toward it"),
      .init("de-correlates", "cos(re, …) is over 0.2")
    ],
    arguments: [[.words(["grad"]), .formula]], clauses: [.init("on", [.words(["train", "test"])])])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .decompose(let expression, let sample) = statement.kind else { return }
    if case .name("grad") = expression.kind {
      let (parts, warnings) = try StatementFailure.wrap { () throws(Diagnostic) in
        try session.experiment.decomposeGradient(on: sample, at: expression.span)
      }
      session.warn(warnings)
      return session.output.answer(.prose(parts.map(\.text).joined(separator: "\n")))
    }
    let (decomposition, warnings) = try StatementFailure.wrap { () throws(Diagnostic) in
      try session.experiment.decompose(expression, on: sample)
    }
    session.warn(warnings)
    session.output.answer(.prose(decomposition.text))
  }
}

extension DecomposeStatement {
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .decompose(let expression, _) = statement.kind else { return }
    if case .name("grad") = expression.kind { return }
    try session.checkShapes([expression], owner: "decompose")
  }
}
