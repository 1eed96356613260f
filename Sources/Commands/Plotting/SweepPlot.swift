import Foundation
import Experiments
import Figures
import SourceText
import Syntax

/// Expressions for every value of a name, in one panel; a range without a step has 101 points.
enum SweepPlot {
  static func figure(_ plot: PlotStatement, _ name: Binder, _ range: Expression, in session: Session) throws(StatementFailure) -> Figure {
    let options = try PlotOptions(plot, in: session)
    try session.checkNotReserved(name)
    let source = try points(of: range, isLogarithmic: options.x == .log, in: session)
    let bodies = [Expression(.name(name.name), span: name.span)] + plot.expressions
    let lists = bodies.map { Expression(.comprehension($0, variable: name, source: source), span: $0.span) }
    let values = try session.values(lists, owner: "plot", on: plot.sample).values.map(\.listOfNumbers)
    guard let xs = values[0] else { throw .wrong(Diagnostic("`\(range.span.text.shortened)` is no range of numbers", at: range.span)) }
    var curves: [Curve] = []
    for (expression, ys) in zip(plot.expressions, values.dropFirst()) {
      guard let ys, ys.count == xs.count else {
        throw .wrong(Diagnostic("`\(expression.span.text.shortened)` is not one number for each `\(name.name)`", at: expression.span))
      }
      curves.append(Curve(title: expression.span.text, points: zip(xs, ys).map { ($0, $1) }))
    }
    let label = curves.count == 1 ? curves[0].title : ""
    return Figure([Panel(x: PlotAxis(name.name, options.x ?? .linear), y: PlotAxis(label, options.y ?? .linear), .curves(curves))])
  }

  /// On a logarithmic axis equal steps are factors.
  private static func points(of range: Expression, isLogarithmic: Bool, in session: Session) throws(StatementFailure) -> Expression {
    guard case .range(let low, let high, nil) = range.kind else { return range }
    let (first, last) = (try session.number(low), try session.number(high))
    guard isLogarithmic else {
      let step = Expression(.number((last - first) / 100), span: range.span)
      return Expression(.range(low, high, step: step), span: range.span)
    }
    guard first > 0, last > 0, first != last else {
      throw .wrong(Diagnostic("a logarithmic axis runs between two numbers above 0", at: range.span, hint: "`against tau in 0.01..1 x=log`"))
    }
    let ratio = last / first
    let items = (0...100).map { Expression(.number(first * ratio.power(Double($0) / 100)), span: range.span) }
    return Expression(.list(items), span: range.span)
  }
}

extension Double {
  fileprivate func power(_ exponent: Double) -> Double { Foundation.pow(self, exponent) }
}
