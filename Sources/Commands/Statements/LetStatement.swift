import Experiments
import SourceText
import Syntax

/// `let Ge = -Zn`
enum LetStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "let", signature: "let NAME = EXPR", summary: "name a formula; it is re-read wherever it is used", paper: "Sec. 3.2",
    examples: ["let Ge = -Zn", "let Lh = -normalize(h(sg(za))) . sg(Zb)"],
    arguments: [[], [.words(["="])]], clauses: [.init("=", [.formula])])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .letBinding(let name, let expression) = statement.kind else { return }
    try session.checkNotReserved(name)
    if expression.mentionedNames.contains(name.name) {
      throw .wrong(
        Diagnostic(
          "`\(name.name)` is defined by itself", at: name.span,
          hint: "`let` is re-read wherever it is used; `val \(name.name) = \(expression.span.text.shortened)` computes it now, from the old one"))
    }
    if session.experiment.dataset == nil, !session.isReplaying {
      try StatementFailure.wrap { () throws(Diagnostic) in try session.experiment.checkNames(of: expression, leavesNamesFree: true) }
    }
    let isNew = !session.experiment.definitions.names.contains(name.name)
    let before = session.experiment.definitions
    session.experiment.definitions.define(name, as: expression)
    do throws(StatementFailure) {
      try session.echoFormula(name, expression)
    } catch {
      session.experiment.definitions = before
      throw error
    }
    guard !isNew else { return }
    let dependents = session.experiment.definitions.dependents(of: name.name)
    let changed = dependents + (session.lossMentions([name.name] + dependents) ? ["loss"] : [])
    if !changed.isEmpty { session.note("  this also changes \(changed.map { "`\($0)`" }.joined(separator: ", "))") }
  }
}
