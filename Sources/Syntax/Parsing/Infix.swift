import SourceText

/// What can stand behind a whole operand.
enum Infix {
  case binary(BinaryOperator)
  case predicate(QueryPredicate)
  case range

  var precedence: Precedence {
    switch self {
    case .binary(let operation): operation.precedence
    case .predicate: .comparison
    case .range: .range
    }
  }
}

/// An operand as far as it has been put together.
struct Operand {
  var expression: Expression
  /// Where it begins.
  var start: Int
  /// Whether it is a predicate without parentheses, behind which no comparison may stand.
  var isPredicate = false
}

/// An operator that waits for its right operand.
struct PendingOperator {
  enum Kind {
    case unary(UnaryOperator)
    case binary(BinaryOperator, left: Expression)
    case predicate(QueryPredicate, subject: Expression)
  }

  let kind: Kind
  /// The operator's own place.
  let sign: SourceSpan
  /// Where the expression that it makes begins.
  let start: Int

  var precedence: Precedence {
    switch kind {
    case .unary(.not): .not
    case .unary(.negate): .negation
    case .binary(let operation, _): operation.precedence
    case .predicate: .comparison
    }
  }

  /// Whether its operand ends before an operator of the given precedence. `^` groups from the right.
  func isComplete(before next: Precedence) -> Bool {
    precedence > next || (precedence == next && next != .power)
  }

  func applied(to operand: Expression) -> Expression.Kind {
    switch kind {
    case .unary(let operation): .unary(operation, operand)
    case .binary(let operation, let left): .binary(operation, left, operand, operator: sign)
    case .predicate(let predicate, let subject): .predicate(predicate, subject, [operand])
    }
  }
}
