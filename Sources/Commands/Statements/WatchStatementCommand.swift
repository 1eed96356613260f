import Experiments
import SourceText
import Syntax

/// `watch plot mo mr`, `watch std < 0.001 stop "collapse"`, `watch off`
enum WatchStatementCommand: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "watch", signature: "watch plot METRIC … · watch CONDITION stop [\"WHY\"] · watch off",
    summary: "look at every training from here on: draw curves while it runs, or end it when a condition holds", examples: ["watch off"],
    arguments: [[.words(["plot", "off"]), .metrics, .formula]], clauses: [.init("plot", [.metrics]), .init("stop", [])])

  /// What is watched changes no number of a run.
  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .watch(let watch) = statement.kind else { return }
    switch watch {
    case .plot(let plot): try watchPlot(plot, in: session)
    case .stop(let condition, _):
      throw .wrong(Diagnostic("a condition cannot be watched yet", at: condition.span, hint: "`watch plot mo mr` draws while a run trains"))
    case .off: session.watchedPlot = nil
    }
  }

  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) { try run(statement, in: session) }

  private static func watchPlot(_ plot: PlotStatement, in session: Session) throws(StatementFailure) {
    guard plot.kind == .curves else {
      throw .wrong(
        Diagnostic("a \(plot.kind.rawValue) is of one moment: `watch plot` draws metrics as they come", at: plot.expressions[0].span))
    }
    for expression in plot.expressions {
      guard case .name = expression.kind else {
        throw .wrong(
          Diagnostic(
            "`\(expression.span.text.shortened)` is no metric", at: expression.span,
            hint: "`track NAME = \(expression.span.text.shortened)` makes it one, and `watch plot NAME` then draws it"))
      }
    }
    session.watchedPlot = plot
  }
}
