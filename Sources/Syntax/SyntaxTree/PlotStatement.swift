/// `plot mo mr`, `plot mo of 41 42 y=log`, `plot spectrum Za on test`, `plot cos(oe - eta*op, op) against eta in -1..1 to "fig.svg"`
public struct PlotStatement: Sendable {
  public enum PlotKind: String, Sendable, CaseIterable { case curves, spectrum, embedding, histogram, matrix }
  /// In the order in which they are printed.
  public enum Clause: String, Sendable, CaseIterable { case of, against, on, to }

  public var kind: PlotKind
  public var expressions: [Expression]
  /// `x=log`, `bins=40`
  public var options: [(Binder, Expression)] = []
  /// Run numbers or names.
  public var runs: [Expression] = []
  public var against: (Binder, Expression)?
  public var sample: Sample?
  public var file: Binder?

  public init(_ kind: PlotKind = .curves, expressions: [Expression]) {
    self.kind = kind
    self.expressions = expressions
  }
}

/// What is looked at while runs train, from here on.
public enum WatchStatement: Sendable {
  /// `watch plot mo mr`: no clauses, options alone.
  case plot(PlotStatement)
  /// `watch std < 0.001 stop "collapse"`
  case stop(when: Expression, because: Expression?)
  /// `watch off`
  case off
}
