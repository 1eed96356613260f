import Experiments
import SourceText
import Syntax

/// `watch plot mo mr`, `watch std < 0.001 stop "collapse"`, `watch off`
enum WatchStatementCommand: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "watch", signature: "watch plot METRIC … · watch CONDITION stop [\"WHY\"] · watch off",
    summary: "look at every training from here on: draw curves while it runs, or end it when a condition holds",
    examples: ["watch plot mo mr", "watch off"],
    arguments: [[.words(["plot", "off"]), .metrics, .formula]], clauses: [.init("plot", [.metrics]), .init("stop", [])])

  /// A plot changes no number of a run; a rule that ends it is part of what made it.
  static let isRecorded = false
  static let recordsItself = true

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .watch(let watch) = statement.kind else { return }
    switch watch {
    case .plot(let plot): return try watchPlot(plot, in: session)
    case .stop(let condition, let reason): try add(condition, reason, in: session)
    case .off:
      session.watchedPlot = nil
      guard !session.experiment.definitions.stops.isEmpty else { return }
      session.experiment.definitions.stops = []
    }
    if !session.isChecking { session.transcribe(statement.source) }
  }

  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) { try run(statement, in: session) }

  private static func add(_ condition: Expression, _ reason: Expression?, in session: Session) throws(StatementFailure) {
    let condition = try StatementFailure.wrap { () throws(Diagnostic) in try MetricCondition(condition) }
    let definitions = session.experiment.definitions
    let metrics = MetricName.allCases.map(\.rawValue) + ["loss", "top1"] + definitions.tracks.map(\.name)
    let known = metrics + StopWatch.counters + definitions.constants.keys
    for (name, site) in condition.names where !known.contains(name) {
      throw .wrong(
        Diagnostic(
          "`\(name.shortened)` is no metric", at: site,
          hint: NearestNames.question(for: name, among: known) ?? "`track \(name.shortened) = …` makes one of a formula"))
    }
    let rule = StopRule(condition, reason: try reason.map { reason throws(StatementFailure) in try session.text(reason) })
    session.experiment.definitions.stops.removeAll { $0.condition.expression.source == condition.expression.source }
    session.experiment.definitions.stops.append(rule)
  }

  private static func watchPlot(_ plot: PlotStatement, in session: Session) throws(StatementFailure) {
    guard plot.kind == .curves else {
      throw .wrong(
        Diagnostic("a \(plot.kind.rawValue) is of one moment: `watch plot` draws metrics as they come", at: plot.expressions[0].span))
    }
    for expression in plot.expressions {
      guard case .name(let metric) = expression.kind else {
        throw .wrong(
          Diagnostic(
            "`\(expression.span.text.shortened)` is no metric", at: expression.span,
            hint: "`track NAME = \(expression.span.text.shortened)` makes it one, and `watch plot NAME` then draws it"))
      }
      let known = MetricPlot.names(in: session)
      guard !known.contains(metric) else { continue }
      throw .wrong(
        Diagnostic(
          "no run records `\(metric)`", at: expression.span,
          hint: NearestNames.question(for: metric, among: known) ?? "`track \(metric) = EXPR` before it records one of your own"))
    }
    _ = try PlotOptions(plot, in: session)
    session.watchedPlot = plot
  }
}
