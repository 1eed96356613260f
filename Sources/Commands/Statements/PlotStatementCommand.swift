import Checkpoints
import Experiments
import Figures
import Foundation
import RunHistory
import SourceText
import Syntax

/// `plot mo mr`, `plot mo of 41 42`, `plot cos(oe - eta*op, op) against eta in -1..1`, `… to "fig.svg"`
enum PlotStatementCommand: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "plot", signature: "plot METRIC … [of RUN …] · plot EXPR, … against NAME in RANGE [on SAMPLE] · … to \"FILE.svg|png|pdf\"",
    summary: "curves of recorded metrics, or of an expression against a name", paper: "Fig. 4, 5 and 6",
    examples: ["plot mo mr of \"a\"", "plot cos(oe - eta*op, op) against eta in -1..1"],
    arguments: [[.metrics, .formula]],
    clauses: [
      .init("of", [.runs]), .init("against", []), .init("in", after: "against", [.formula]), .init("to", [.paths]),
      .init("on", [.words(["train", "test"])])
    ])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .plot(let plot) = statement.kind else { return }
    let curves: Figure
    var runs: [Int64] = []
    if let (name, range) = plot.against {
      curves = try sweep(plot, name, range, in: session)
    } else {
      (curves, runs) = try series(plot, at: statement.span, in: session)
    }
    guard let file = plot.file else {
      return session.output.answer(.figure(curves))
    }
    guard session.options.permissions.mayRunPrograms else { throw .wrong(Permissions.plotting(at: file.span)) }
    let path = try session.writablePath(file.name, at: file.span, besides: statement.span.file)
    do throws(Gnuplot.Failure) {
      try Gnuplot().draw(curves, to: path)
    } catch {
      throw .failed(Diagnostic(error.message, at: file.span, hint: error.hint))
    }
    try record(path, of: runs, at: file.span, in: session)
    session.note("wrote \(file.name)")
  }

  /// The picture belongs to the runs that it shows.
  private static func record(_ path: String, of runs: [Int64], at site: SourceSpan, in session: Session) throws(StatementFailure) {
    guard !runs.isEmpty, let content = FileManager.default.contents(atPath: path) else { return }
    let history = try session.history(at: site)
    let whole = URL(fileURLWithPath: path).standardizedFileURL.path
    let hash = FileHash.sha256(of: Array(content))
    try session.recording(at: site) { () throws(HistoryError) in
      for run in runs {
        try history.removeArtifact(run, path: whole)
        try history.addArtifact(run, kind: "plot", path: whole, hash: hash)
      }
    }
  }

  /// An expression for every value of a name; a range without a step has 101 points.
  private static func sweep(
    _ plot: PlotStatement, _ name: Binder, _ range: Expression, in session: Session
  ) throws(StatementFailure) -> Figure {
    try session.checkNotReserved(name)
    var source = range
    if case .range(let low, let high, nil) = range.kind {
      let (first, last) = (try session.number(low), try session.number(high))
      let step = Expression(.number((last - first) / 100), span: range.span)
      source = Expression(.range(low, high, step: step), span: range.span)
    }
    let bodies = [Expression(.name(name.name), span: name.span)] + plot.expressions
    let lists = bodies.map { Expression(.comprehension($0, variable: name, source: source), span: $0.span) }
    let values = try session.values(lists, owner: "plot", on: plot.sample).values.map(\.numbers)
    guard let xs = values[0] else { throw .wrong(Diagnostic("`\(range.span.text.shortened)` is no range of numbers", at: range.span)) }
    var curves: [Curve] = []
    for (expression, ys) in zip(plot.expressions, values.dropFirst()) {
      guard let ys, ys.count == xs.count else {
        throw .wrong(Diagnostic("`\(expression.span.text.shortened)` is not one number for each `\(name.name)`", at: expression.span))
      }
      curves.append(Curve(title: expression.span.text, points: zip(xs, ys).map { ($0, $1) }))
    }
    return Figure(horizontal: name.name, curves: curves)
  }

  /// Recorded metrics of the runs named, or of the latest.
  private static func series(_ plot: PlotStatement, at site: SourceSpan, in session: Session) throws(StatementFailure) -> (Figure, [Int64]) {
    var numbers: [Int64] = []
    var runs: [(name: String, site: SourceSpan)] = []
    for run in plot.runs { runs.append((try session.text(run), run.span)) }
    if runs.isEmpty { runs = [("", site)] }
    var curves: [Curve] = []
    let isOneMetric = plot.expressions.count == 1
    for (name, runSite) in runs {
      guard let run = session.record.run(name) as? RecordedRun else {
        throw .wrong(
          Diagnostic(
            name.isEmpty ? "there is no run in this session yet" : "there is no run `\(name)`", at: runSite,
            hint: "`plot mo of 41` names one by its number"))
      }
      numbers.append(run.id)
      for expression in plot.expressions {
        guard case .name(let metric) = expression.kind else {
          throw .wrong(
            Diagnostic(
              "`\(expression.span.text.shortened)` is no metric", at: expression.span, hint: "`plot EXPR against NAME in RANGE` plots a formula"))
        }
        let points = run.points(metric)
        guard !points.isEmpty else {
          throw .wrong(
            Diagnostic("no `\(metric)` was recorded", at: expression.span, hint: NearestNames.question(for: metric, among: run.factNames)))
        }
        curves.append(Curve(title: runs.count > 1 ? "\(metric) of \(name)" : metric, points: points))
      }
    }
    let plot = Figure(horizontal: "step", curves: curves)
    // One metric of several runs is there to be compared.
    return (isOneMetric ? Figure(horizontal: "step", curves: curves, vertical: plot.y) : plot, numbers)
  }
}

extension Value {
  /// A list or vector of numbers.
  fileprivate var numbers: [Double]? {
    guard let items else { return nil }
    let numbers = items.compactMap(\.number)
    return numbers.count == items.count ? numbers : nil
  }
}
