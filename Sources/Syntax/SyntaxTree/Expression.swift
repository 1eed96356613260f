import SourceText

/// A formula as typed. Names are canonical: `τ` and `tau` are one.
public struct Expression: Sendable {
  public let kind: Kind
  public let span: SourceSpan
  /// The tree's height, kept so that nothing ever recurses deeper than `Parser.deepestTree` levels.
  public let height: Int

  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
    height = 1 + (kind.children.map(\.height).max() ?? 0)
  }

  public indirect enum Kind: Sendable {
    case number(Double)
    case string(String)
    /// A plain name; also the literals `true` and `false`.
    case name(String)
    /// `[a, b, c]`
    case list([Expression])
    /// `[E for x in L]`; as the only argument of a call, `sum(E for i in 1..N)`.
    case comprehension(Expression, variable: Binder, source: Expression)
    /// `f(x, y)`, `freeze(h)(x)`: the callee is a name or another call. `run("a")` too. `bn(affine=false)`-style options occur in layers only.
    case call(Expression, arguments: [Expression])
    /// `run("a").top1`
    case member(Expression, String)
    /// `mo of "a"`
    case series(metric: Binder, of: Expression)
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression, operator: SourceSpan)
    /// `X'`
    case transpose(Expression)
    /// `X[1]`, `X[2..5, :]`, `Z[i]`
    case index(Expression, [Subscript])
    /// `a..b` with an optional `step c`
    case range(Expression, Expression, step: Expression?)
    /// `a in [x, y]`, and in history queries `a like "x%"`, `a between x and y`, `a is missing`, `loss contains E`. See `QueryPredicate`.
    case predicate(QueryPredicate, Expression, [Expression])
  }

  public enum Subscript: Sendable {
    case at(Expression)
    /// A bare `:`
    case all(SourceSpan)
  }
}

/// A name where it is bound or mentioned, with its place.
public struct Binder: Hashable, Sendable {
  public let name: String
  public let span: SourceSpan
  public init(_ name: String, _ span: SourceSpan) {
    self.name = name
    self.span = span
  }
}

public enum UnaryOperator: String, Sendable, CaseIterable {
  case negate = "-"
  case not = "not"
}

/// Loosest first, as in `language.md`: or · and · not · comparisons · + - · dot · * / @ · unary - · ^ · ' and calls. (`..` is looser than all.)
public enum BinaryOperator: String, Sendable, CaseIterable {
  case or, and
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case add = "+"
  case subtract = "-"
  /// The paper's dot, `.` or `·`: does not chain.
  case dot = "."
  case multiply = "*"
  case divide = "/"
  case matrixProduct = "@"
  case power = "^"
}

public enum QueryPredicate: String, Sendable {
  case isIn = "in"
  case like, between, contains
  case isMissing = "is missing"
}

extension Expression.Kind {
  /// The expressions directly below, in source order.
  public var children: [Expression] {
    switch self {
    case .number, .string, .name: []
    case .list(let items): items
    case .comprehension(let body, _, let source): [body, source]
    case .call(let callee, let arguments): [callee] + arguments
    case .member(let base, _): [base]
    case .series(_, let run): [run]
    case .unary(_, let operand), .transpose(let operand): [operand]
    case .binary(_, let left, let right, _): [left, right]
    case .index(let base, let subscripts):
      [base]
        + subscripts.compactMap {
          if case .at(let expression) = $0 { expression } else { nil }
        }
    case .range(let low, let high, let step): [low, high] + (step.map { [$0] } ?? [])
    case .predicate(_, let subject, let operands): [subject] + operands
    }
  }
}
