import Experiments
import Figures
import SourceText
import Syntax
import Tables

/// Spectra, embeddings, histograms and matrices: what an expression is on a sample.
struct ValuePlot {
  private let plot: PlotStatement
  private let options: PlotOptions
  private let session: Session

  /// What `plot` alone takes, and these do not.
  init(_ plot: PlotStatement, in session: Session) throws(StatementFailure) {
    self.plot = plot
    self.session = session
    options = try PlotOptions(plot, in: session)
    if let run = plot.runs.first {
      throw .wrong(
        Diagnostic("a \(plot.kind.rawValue) is of the live model, not of a recorded run", at: run.span, hint: "`resume RUN` makes it the live one"))
    }
    if let (name, _) = plot.against {
      throw .wrong(Diagnostic("a \(plot.kind.rawValue) has no `against`", at: name.span, hint: "`plot EXPR against NAME in RANGE` draws a curve"))
    }
  }

  /// Finds wrong names and shapes without computing anything.
  func check() throws(StatementFailure) {
    for expression in plot.expressions where !session.asksRuns(expression) {
      try StatementFailure.wrap { () throws(Diagnostic) in
        switch plot.kind {
        case .curves: break
        case .spectrum: try session.experiment.checkSpectrum(expression)
        case .embedding: try session.experiment.checkEmbedding(expression)
        case .histogram: try session.experiment.checkHistogram(expression)
        case .matrix: try session.experiment.checkMatrix(expression)
        }
      }
    }
  }

  func figure() throws(StatementFailure) -> Figure {
    if plot.kind == .spectrum { return try spectra() }
    var panels: [Panel] = []
    var notes: [String] = []
    for expression in plot.expressions {
      let (panel, note) = try StatementFailure.wrap { () throws(Diagnostic) in
        switch plot.kind {
        case .embedding: try embedding(expression)
        case .matrix: (try matrix(expression), nil)
        default: (try histogram(expression), nil)
        }
      }
      panels.append(panel)
      if let note { notes.append(note) }
    }
    return Figure(panels, notes: notes)
  }

  private func title(_ expression: Expression) -> String {
    expression.span.text.shortened + (plot.sample.map { " \($0.span.text)" } ?? "")
  }

  /// Several spectra in one panel, to be compared.
  private func spectra() throws(StatementFailure) -> Figure {
    var curves: [Curve] = []
    for expression in plot.expressions {
      let (values, warnings) = try StatementFailure.wrap { () throws(Diagnostic) in
        try session.experiment.spectrum(of: expression, on: plot.sample)
      }
      session.warn(warnings)
      curves.append(Curve(title: title(expression), points: values.enumerated().map { (Double($0.offset + 1), $0.element) }))
    }
    let heading = "spectrum" + (curves.count == 1 ? " of \(curves[0].title)" : "")
    return Figure([
      Panel(title: heading, x: PlotAxis("component", options.x ?? .linear), y: PlotAxis("eigenvalue", options.y ?? .log), .curves(curves))
    ])
  }

  private func embedding(_ expression: Expression) throws(Diagnostic) -> (Panel, String?) {
    let embedding = try session.experiment.embedding(of: expression, on: plot.sample)
    session.warn(embedding.warnings)
    var groups = [PointGroup(title: "rows", points: embedding.points)]
    if let labels = embedding.labels, labels.count == embedding.points.count {
      groups = embedding.classNames.enumerated().map { number, name in
        PointGroup(title: name, points: zip(labels, embedding.points).filter { $0.0 == Int32(number) }.map(\.1))
      }.filter { !$0.points.isEmpty }
    }
    func label(_ number: Int, _ share: Double) -> String { "component \(number), \(NumberText.fixed(100 * share, decimals: 1)) % of the variance" }
    let panel = Panel(
      title: "embedding of \(title(expression))", x: PlotAxis(label(1, embedding.shares.0)), y: PlotAxis(label(2, embedding.shares.1)),
      .points(groups))
    return (panel, "upwards: " + panel.y.label)
  }

  private func histogram(_ expression: Expression) throws(Diagnostic) -> Panel {
    let values = try session.experiment.pooled(expression, owner: "plot", on: plot.sample)
    session.warn(values.warnings)
    let histogram = Histogram(values.values, bins: options.bins)
    let count = histogram.counts.reduce(0, +)
    let heading = "histogram of \(title(expression)): \(count.counted("value")), \(histogram.counts.count.counted("bin"))"
    return Panel(title: heading, x: PlotAxis(expression.span.text.shortened), y: PlotAxis("count", options.y ?? .linear), .bars(histogram))
  }

  private func matrix(_ expression: Expression) throws(Diagnostic) -> Panel {
    let matrix = try session.experiment.matrix(of: expression, on: plot.sample)
    session.warn(matrix.warnings)
    return Panel(title: title(expression), .matrix(HeatMap(rows: matrix.rows, columns: matrix.columns, values: matrix.values)))
  }
}
