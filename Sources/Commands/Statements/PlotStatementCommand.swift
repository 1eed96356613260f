import Checkpoints
import Experiments
import Figures
import Foundation
import RunHistory
import SourceText
import Syntax

/// `plot mo mr`, `plot mo of 41 42 y=log`, `plot cos(oe - eta*op, op) against eta in -1..1`, `plot spectrum Za on test to "fig.svg"`
enum PlotStatementCommand: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "plot",
    signature: "plot METRIC … [of RUN …] · plot EXPR, … against NAME in RANGE · plot spectrum|embedding|histogram|matrix EXPR, … "
      + "[on train|test|N batches] [x=log] [y=log] [to \"FILE.svg|png|pdf\"]",
    summary: "curves of recorded metrics, or of an expression against a name; spectra, principal components, histograms, heat maps",
    paper: "Fig. 4, 5 and 6",
    examples: [
      "plot mo mr of \"a\"", "plot mr of \"a*\"", "plot cos(oe - eta*op, op) against eta in -1..1", "plot loss y=log", "plot spectrum Za",
      "plot embedding Za on test",
      "plot histogram norm(za)", "plot matrix cov(Za)"
    ],
    options: [
      .init("x", values: ["log", "linear"], default: "linear", summary: "the horizontal axis"),
      .init("y", values: ["log", "linear"], default: "linear, of a spectrum log", summary: "the vertical axis"),
      .init("bins", default: "by the rule of Freedman and Diaconis, 5 to 60", summary: "of a histogram: how many")
    ],
    arguments: [[.words(["spectrum", "embedding", "histogram", "matrix"]), .metrics, .formula], [.metrics, .formula]],
    clauses: [
      .init("of", [.runs]), .init("against", []), .init("in", after: "against", [.formula]), .init("to", [.files(["svg", "png", "pdf"])]),
      .init("on", [.words(["train", "test"])])
    ])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .plot(let plot) = statement.kind else { return }
    // Before anything is computed for it.
    if let file = plot.file { try checkFormat(of: file) }
    let figure: Figure
    var runs: [Int64] = []
    if plot.kind != .curves {
      figure = try ValuePlot(plot, in: session).figure()
    } else if let (name, range) = plot.against {
      figure = try SweepPlot.figure(plot, name, range, in: session)
    } else {
      let metrics = try MetricPlot(plot, at: statement.span, in: session)
      (figure, runs) = (metrics.figure, metrics.runs)
    }
    guard let file = plot.file else { return session.output.answer(.figure(figure)) }
    guard session.options.permissions.mayRunPrograms else { throw .wrong(Permissions.plotting(at: file.span)) }
    let path = try session.writablePath(file.name, at: file.span, besides: statement.span.file)
    do throws(Gnuplot.Failure) {
      try Gnuplot().draw(figure, to: path)
    } catch {
      throw .failed(Diagnostic(error.message, at: file.span, hint: error.hint))
    }
    try record(path, of: runs, at: file.span, in: session)
    session.note("wrote \(file.name)")
  }

  /// Names, shapes, options and the file's ending; of runs that a check does not train nothing is asked.
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .plot(let plot) = statement.kind else { return }
    if let file = plot.file { try checkFormat(of: file) }
    if plot.kind != .curves { return try ValuePlot(plot, in: session).check() }
    _ = try PlotOptions(plot, in: session)
    if let (name, range) = plot.against {
      try session.checkNotReserved(name)
      let lists = plot.expressions.map { Expression(.comprehension($0, variable: name, source: range), span: $0.span) }
      return try session.checkShapes(lists, owner: "plot")
    }
    for expression in plot.expressions {
      let metric = try MetricPlot.metric(expression)
      // A run of the past may have recorded anything.
      let known = MetricPlot.names(in: session)
      guard plot.runs.isEmpty, !known.contains(metric) else { continue }
      throw .wrong(
        Diagnostic(
          "no run of this script records `\(metric)`", at: expression.span,
          hint: NearestNames.question(for: metric, among: known) ?? "`track \(metric) = EXPR` records one of your own"))
    }
  }

  private static func checkFormat(of file: Binder) throws(StatementFailure) {
    do throws(Gnuplot.Failure) {
      try Gnuplot.checkFormat(of: file.name)
    } catch {
      throw .wrong(Diagnostic(error.message, at: file.span, hint: error.hint))
    }
  }

  /// The picture belongs to the runs that it shows.
  private static func record(_ path: String, of runs: [Int64], at site: SourceSpan, in session: Session) throws(StatementFailure) {
    guard !runs.isEmpty, let content = FileManager.default.contents(atPath: path) else { return }
    let history = try session.history(at: site)
    let whole = session.absolutePath(path)
    let hash = FileHash.sha256(of: Array(content))
    try session.recording(at: site) { () throws(HistoryError) in
      for run in Set(runs) {
        try history.removeArtifact(run, path: whole)
        try history.addArtifact(run, kind: "plot", path: whole, hash: hash)
      }
    }
  }
}
