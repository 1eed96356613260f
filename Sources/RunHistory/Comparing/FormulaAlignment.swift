import Syntax

/// Two formulas laid side by side as trees: the smallest parts in which they differ.
///
///     -Za . sg(Zb + oe)  and  -Za . sg(Zb)   →   `oe` on the left, nothing on the right
///
/// Terms of a sum and factors of a product are compared whatever their order.
struct FormulaAlignment {
  struct Part: Hashable {
    /// nil: the formula has nothing in this place.
    let left: String?
    let right: String?
  }

  private(set) var parts: [Part] = []

  /// Neither is higher than `Parser.deepestTree`, as no parsed formula is.
  init(_ left: Expression, _ right: Expression) { align(left, right) }

  private mutating func align(_ left: Expression, _ right: Expression) {
    if CanonicalTree(left) == CanonicalTree(right) { return }
    if left.isSum || right.isSum { return align(left.terms, right.terms, of: (left, right), joinedBy: " + ") }
    if left.isProduct || right.isProduct { return align(left.factors, right.factors, of: (left, right), joinedBy: "*") }
    guard let head = left.head, head == right.head, left.kind.children.count == right.kind.children.count else {
      return parts.append(Part(left: left.source, right: right.source))
    }
    for (left, right) in zip(left.kind.children, right.kind.children) { align(left, right) }
  }

  /// Leaves out the items that both have; what is left of both differs.
  private mutating func align(_ left: [Expression], _ right: [Expression], of wholes: (Expression, Expression), joinedBy sign: String) {
    var onlyRight = right
    let onlyLeft = left.filter { item in
      guard let match = onlyRight.firstIndex(where: { CanonicalTree($0) == CanonicalTree(item) }) else { return true }
      onlyRight.remove(at: match)
      return false
    }
    if onlyLeft.count == 1, onlyRight.count == 1 { return align(onlyLeft[0], onlyRight[0]) }
    guard onlyLeft.count < left.count else { return parts.append(Part(left: wholes.0.source, right: wholes.1.source)) }
    parts.append(Part(left: Self.text(onlyLeft, joinedBy: sign), right: Self.text(onlyRight, joinedBy: sign)))
  }
}

extension FormulaAlignment {
  /// nil for no items at all.
  private static func text(_ items: [Expression], joinedBy sign: String) -> String? {
    if items.count < 2 { return items.first?.source }
    return items.map { if case .binary = $0.kind { "(\($0.source))" } else { $0.source } }.joined(separator: sign)
  }
}

extension Expression {
  fileprivate var isSum: Bool {
    if case .binary(.add, _, _, _) = kind { return true }
    if case .binary(.subtract, _, _, _) = kind { return true }
    return false
  }

  fileprivate var isProduct: Bool {
    if case .binary(.multiply, _, _, _) = kind { return true }
    return false
  }

  /// `a - (b - c)` is `a`, `-b`, `c`.
  fileprivate var terms: [Expression] {
    switch kind {
    case .binary(.add, let left, let right, _): left.terms + right.terms
    case .binary(.subtract, let left, let right, _): left.terms + right.terms.map(\.negated)
    default: [self]
    }
  }

  private var negated: Expression {
    if case .unary(.negate, let operand) = kind { return operand }
    return Expression(.unary(.negate, self), span: span)
  }

  fileprivate var factors: [Expression] {
    if case .binary(.multiply, let left, let right, _) = kind { return left.factors + right.factors }
    return [self]
  }

  /// What two nodes have in common whose operands alone may differ; nil where a difference is one of the whole.
  fileprivate var head: String? {
    switch kind {
    case .unary(let symbol, _): "unary \(symbol.rawValue)"
    case .binary(let symbol, _, _, _): "binary \(symbol.rawValue)"
    case .call(let callee, _): "call \(callee.source)"
    case .transpose: "'"
    case .list: "[]"
    default: nil
    }
  }
}
