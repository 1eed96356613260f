import Experiments
import Figures
import SourceText
import Syntax

/// `x=log y=log bins=40`, as each kind of plot takes them.
struct PlotOptions {
  private(set) var x: PlotAxis.Scale?
  private(set) var y: PlotAxis.Scale?
  private(set) var bins: Int?

  private static func known(_ kind: PlotStatement.PlotKind) -> [String] {
    switch kind {
    case .curves, .spectrum: ["x", "y"]
    case .histogram: ["y", "bins"]
    case .embedding, .matrix: []
    }
  }

  init(_ plot: PlotStatement, in session: Session) throws(StatementFailure) {
    let known = Self.known(plot.kind)
    let name = plot.kind == .curves ? "plot" : "plot \(plot.kind.rawValue)"
    for (key, value) in plot.options {
      guard known.contains(key.name) else {
        let list = known.isEmpty ? "`\(name)` takes no options" : "`\(name)` takes: \(known.joined(separator: ", "))"
        throw .wrong(
          Diagnostic("`\(name)` has no option `\(key.name)`", at: key.span, hint: NearestNames.question(for: key.name, among: known) ?? list))
      }
      switch key.name {
      case "x": x = try Self.scale(key.name, value)
      case "y": y = try Self.scale(key.name, value)
      default: bins = try Self.count(value, in: session)
      }
    }
  }

  private static func scale(_ axis: String, _ value: Expression) throws(StatementFailure) -> PlotAxis.Scale {
    if case .name(let word) = value.kind, let scale = PlotAxis.Scale(rawValue: word) { return scale }
    throw .wrong(Diagnostic("`\(axis)` is log or linear, not `\(value.span.text.shortened)`", at: value.span))
  }

  private static func count(_ value: Expression, in session: Session) throws(StatementFailure) -> Int {
    let number = try session.number(value)
    guard let count = Int(exactly: number), (1...1000).contains(count) else {
      throw .wrong(Diagnostic("`bins` is a whole number from 1 to 1000, not \(Value.number(number).text)", at: value.span))
    }
    return count
  }
}
