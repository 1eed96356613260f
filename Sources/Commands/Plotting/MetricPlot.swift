import Experiments
import Figures
import SourceText
import Syntax

/// Recorded metrics of the runs named, or of the latest: a panel for each metric, in it a curve for each run.
struct MetricPlot {
  let figure: Figure
  let runs: [Int64]

  init(_ plot: PlotStatement, at site: SourceSpan, in session: Session) throws(StatementFailure) {
    let options = try PlotOptions(plot, in: session)
    let runs = try Self.runs(plot, at: site, in: session)
    var panels: [Panel] = []
    for expression in plot.expressions {
      let metric = try Self.metric(expression)
      var curves: [Curve] = []
      for (run, title) in runs {
        let points = run.points(metric)
        if !points.isEmpty { curves.append(Curve(title: runs.count > 1 ? title : metric, points: points)) }
      }
      guard !curves.isEmpty else {
        throw .wrong(
          Diagnostic(
            "no `\(metric)` was recorded", at: expression.span, hint: NearestNames.question(for: metric, among: runs.flatMap(\.run.factNames))))
      }
      panels.append(Panel(x: PlotAxis("step", options.x ?? .linear), y: PlotAxis(metric, options.y ?? .linear), .curves(curves)))
    }
    figure = Figure(panels)
    self.runs = runs.map(\.run.id)
  }

  static func metric(_ expression: Expression) throws(StatementFailure) -> String {
    if case .name(let metric) = expression.kind { return metric }
    throw .wrong(
      Diagnostic(
        "`\(expression.span.text.shortened)` is no metric", at: expression.span,
        hint: "`plot EXPR against NAME in RANGE` plots a formula; `plot histogram EXPR` and its like plot a value"))
  }

  /// A range of numbers stands for the runs that it names.
  private static func runs(
    _ plot: PlotStatement, at site: SourceSpan, in session: Session
  ) throws(StatementFailure) -> [(run: RecordedRun, title: String)] {
    var names: [(name: String, site: SourceSpan)] = []
    for run in plot.runs {
      switch try session.value(run, owner: "text") {
      case .list(let items):
        guard !items.isEmpty else {
          throw .wrong(Diagnostic("`\(run.span.text.shortened)` are no runs", at: run.span, hint: "`history` lists the newest ones"))
        }
        for item in items { names.append((item.text, run.span)) }
      case .text(let pattern) where pattern.contains("*"):
        let numbers = try numbers(of: pattern, at: run.span, in: session)
        names += numbers.map { ("\($0)", run.span) }
      case let value where value.listOfNumbers != nil:
        for number in value.listOfNumbers ?? [] { names.append((Value.number(number).text, run.span)) }
      case let value: names.append((value.text, run.span))
      }
    }
    if plot.runs.isEmpty { names = [("", site)] }
    var runs: [(run: RecordedRun, title: String)] = []
    for (name, runSite) in names {
      guard let run = session.record.run(named: name) as? RecordedRun else {
        throw .wrong(
          Diagnostic(
            name.isEmpty ? "there is no run in this session yet" : "there is no run `\(name)`", at: runSite,
            hint: "`plot mo of 41` names one by its number"))
      }
      runs.append((run, title(of: run, named: name)))
      if !name.isEmpty, Int64(name) == nil, case let others = session.record.runNumbers(named: name).count, others > 1 {
        session.note("`\(name.shortened)` is the newest of \(others) runs called so: `of runs(\(Value.literal(name)))` draws them all")
      }
    }
    return runs
  }

  /// `a`, or of one that was named by its number `a, run 3`.
  private static func title(of run: RecordedRun, named name: String) -> String {
    guard name.isEmpty || Int64(name) != nil, case .text(let own)? = run.fact("name"), !own.isEmpty else {
      return Int64(name) == nil ? name : "run \(run.id)"
    }
    return "\(own), run \(run.id)"
  }

  /// Of this session's runs those whose names fit a pattern, else of the history's.
  private static func numbers(of pattern: String, at site: SourceSpan, in session: Session) throws(StatementFailure) -> [Int64] {
    let own = session.record.runs.filter { $0.name.matches(pattern: pattern) }.map(\.id)
    return own.isEmpty ? try session.runNumbers(named: pattern, at: site) : own
  }

  /// The metrics that a run of this session can have, whatever it trains.
  static func names(in session: Session) -> [String] {
    let ours = MetricName.allCases.map(\.rawValue)
    return ["loss", "top1"] + ours + ours.map { $0 + "_p" } + session.experiment.definitions.tracks.map(\.name) + session.record.metricNames
  }
}

extension Value {
  /// A list or vector of numbers.
  var listOfNumbers: [Double]? {
    guard let items else { return nil }
    let numbers = items.compactMap(\.number)
    return numbers.count == items.count ? numbers : nil
  }
}
