import Syntax

/// A formula as a text that is the same for every way of writing it that means the same tree: prefix form, terms of a sum and
/// factors of an element-wise product in one fixed order, `a - b` as `a + (- b)`, neither spaces nor superfluous parentheses.
///
///     -Za . sg(Zb + oe)   →   (. (- Za) (sg (+ Zb oe)))
public struct CanonicalTree: Hashable, Sendable {
  public let text: String

  /// - parameter expression: no higher than `Parser.deepestTree`, as every parsed one is.
  public init(_ expression: Expression) { text = Self.text(of: expression) }

  private static func text(of expression: Expression) -> String {
    switch expression.kind {
    case .number(let number): text(of: number)
    case .string(let string): quoted(string)
    case .name(let name): name
    case .list(let items): node("$list", items.map(text))
    case .comprehension(let body, let variable, let source): node("$for", [variable.name, text(of: source), text(of: body)])
    case .call(let callee, let arguments): call(callee, arguments)
    case .member(let base, let name): node("$member", [text(of: base), name])
    case .series(let metric, let run): node("$series", [metric.name, text(of: run)])
    case .unary(.negate, let operand): negation(text(of: operand))
    case .unary(.not, let operand): node("not", [text(of: operand)])
    case .binary(let symbol, let left, let right, _): binary(symbol, left, right)
    case .transpose(let operand): node("'", [text(of: operand)])
    case .index(let base, let subscripts): node("$index", [text(of: base)] + subscripts.map(text))
    case .range(let low, let high, let step): node("$range", ([low, high] + (step.map { [$0] } ?? [])).map(text))
    case .predicate(let predicate, let subject, let operands):
      node("$" + predicate.rawValue.replacing(" ", with: "-"), ([subject] + operands).map(text))
    }
  }

  private static func text(of item: Expression.Subscript) -> String {
    switch item {
    case .at(let expression): text(of: expression)
    case .all: "$all"
    }
  }

  private static func call(_ callee: Expression, _ arguments: [Expression]) -> String {
    if case .name(let name) = callee.kind { return node(name, arguments.map(text)) }
    return node("$call", [text(of: callee)] + arguments.map(text))
  }

  private static func binary(_ symbol: BinaryOperator, _ left: Expression, _ right: Expression) -> String {
    let (left, right) = (text(of: left), text(of: right))
    switch symbol {
    case .add: return commutative("+", left, right)
    case .subtract: return commutative("+", left, negation(right))
    case .multiply: return commutative("*", left, right)
    default: return node(symbol.rawValue, [left, right])
    }
  }

  /// One flat node, its operands sorted.
  private static func commutative(_ head: String, _ left: String, _ right: String) -> String {
    let operands = [left, right].flatMap { operand -> [String] in
      let parts = CanonicalNode.operands(of: operand)
      return parts.first == head[...] ? parts.dropFirst().map(String.init) : [operand]
    }
    return node(head, operands.sorted())
  }

  /// `-2` is a number, and `- -x` is `x`.
  private static func negation(_ operand: String) -> String {
    if let number = Double(operand) { return text(of: -number) }
    let parts = CanonicalNode.operands(of: operand)
    return parts.count == 2 && parts[0] == "-" ? String(parts[1]) : node("-", [operand])
  }

  private static func node(_ head: String, _ operands: [String]) -> String {
    "(" + ([head] + operands).joined(separator: " ") + ")"
  }

  private static func text(of number: Double) -> String {
    Int64(exactly: number).map(String.init) ?? "\(number)"
  }

  private static func quoted(_ string: String) -> String {
    "\"" + string.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
