import Experiments
import SourceText
import Syntax

/// `loss -Za . sg(Zb + oe)`, `loss onesided E`, `loss alternating E1, E2`
enum LossStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "loss", signature: "loss EXPR · loss onesided EXPR · loss alternating EXPR, EXPR",
    summary: "the training loss, symmetrised to E/2 + swap(E)/2 unless onesided; alternating trains the first on odd steps",
    paper: "Eq. 1 and 2", examples: ["loss -Za . sg(Zb + oe)", "loss onesided -Za . sg(Zb)", "loss -Pa . sg(Zb)"],
    arguments: [[.words(["onesided", "alternating"]), .formula], [.formula]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .loss(let mode, let expressions) = statement.kind else { return }
    if let used = expressions.first(where: { $0.mentionedNames.contains("loss") }) {
      throw .wrong(Diagnostic("the loss is defined by itself", at: used.span, hint: "name its parts with `let`"))
    }
    let loss = Definitions.Loss(mode: mode, expressions: expressions)
    let before = session.experiment.definitions.loss
    session.experiment.definitions.loss = loss
    guard session.experiment.dataset != nil else {
      do throws(Diagnostic) {
        if !session.isReplaying { for expression in expressions { try session.experiment.checkNames(of: expression) } }
      } catch {
        session.experiment.definitions.loss = before
        throw .wrong(error)
      }
      session.note("loss = \(loss.source)   (its shapes are checked once there is data)")
      return
    }
    do throws(Diagnostic) {
      if session.isChecking { return session.warn(try session.experiment.lossWarnings()) }
      let echo = try session.experiment.lossEcho()
      session.warn(echo.warnings)
      session.note(echo.text)
    } catch {
      session.experiment.definitions.loss = before
      throw .wrong(error)
    }
  }
}
