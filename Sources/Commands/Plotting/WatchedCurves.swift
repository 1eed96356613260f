import Experiments
import Figures
import Syntax
import Training

/// The curves of `watch plot`, as a run makes them.
struct WatchedCurves {
  private let metrics: [String]
  private let x: PlotAxis.Scale
  private let y: PlotAxis.Scale
  private var points: [[(x: Double, y: Double)]]
  private var lastDrawing: ContinuousClock.Instant?

  /// More often than this nobody looks.
  private static let pause = Duration.milliseconds(250)

  init(_ plot: PlotStatement, in session: Session) throws(StatementFailure) {
    metrics = try plot.expressions.map { expression throws(StatementFailure) in try MetricPlot.metric(expression) }
    let options = try PlotOptions(plot, in: session)
    (x, y) = (options.x ?? .linear, options.y ?? .linear)
    points = metrics.map { _ in [] }
  }

  mutating func record(_ event: TrainingEvent) {
    switch event {
    case .step(let record): add(record.values, at: record.step)
    case .epoch(let record): add(record.measured, at: record.step)
    }
  }

  private mutating func add(_ values: [MetricValue], at step: Int) {
    for (index, metric) in metrics.enumerated() { if let value = values[metric] { points[index].append((Double(step), value)) } }
  }

  /// The curves so far, where it is time to draw them again.
  mutating func figureIfDue() -> Figure? {
    let now = ContinuousClock.now
    if let lastDrawing, now - lastDrawing < Self.pause { return nil }
    lastDrawing = now
    return figure
  }

  var figure: Figure {
    Figure(
      zip(metrics, points).map { metric, points in
        Panel(x: PlotAxis("step", x), y: PlotAxis(metric, y), .curves([Curve(title: metric, points: points)]))
      })
  }

  /// What this run has not recorded at all.
  var missing: [String] { zip(metrics, points).filter { $0.1.isEmpty }.map(\.0) }
}
