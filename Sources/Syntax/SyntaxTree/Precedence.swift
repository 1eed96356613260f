/// How tightly an expression holds together, loosest first. The parser and the printer both go by it.
enum Precedence: Int, Comparable {
  /// `mo of "a"`: in parentheses and arguments only.
  case series
  case range, or, and, not, comparison, sum, dot, product, negation, power
  /// Names, literals, calls, brackets, `'`.
  case primary

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

  /// The next tighter one.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .primary }
}

extension BinaryOperator {
  var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
    case .add, .subtract: .sum
    case .dot: .dot
    case .multiply, .divide, .matrixProduct: .product
    case .power: .power
    }
  }
}

extension Expression {
  var precedence: Precedence {
    switch kind {
    case .series: .series
    case .range: .range
    case .predicate: .comparison
    case .unary(.not, _): .not
    case .unary(.negate, _): .negation
    case .binary(let operation, _, _, _): operation.precedence
    // The parser makes no negative numbers; a tree made elsewhere may hold one, which is typed as a negation.
    case .number(let value): value.sign == .minus ? .negation : .primary
    case .string, .name, .list, .comprehension, .call, .member, .transpose, .index: .primary
    }
  }
}
