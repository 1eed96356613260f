extension Expression {
  /// Whether the two are the same formula, wherever and however they were typed.
  public func isSame(as other: Expression) -> Bool {
    height == other.height && kind.hasSameForm(as: other.kind) && Self.areSame(kind.children, other.kind.children)
  }

  private static func areSame(_ left: [Expression], _ right: [Expression]) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
  }
}

extension Expression.Kind {
  /// Whether all is equal but the children.
  fileprivate func hasSameForm(as other: Expression.Kind) -> Bool {
    switch (self, other) {
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)), (.name(let left), .name(let right)): left == right
    case (.list, .list), (.call, .call), (.transpose, .transpose): true
    case (.comprehension(_, let left, _), .comprehension(_, let right, _)): left.name == right.name
    case (.member(_, let left), .member(_, let right)): left == right
    case (.series(let left, _), .series(let right, _)): left.name == right.name
    case (.unary(let left, _), .unary(let right, _)): left == right
    case (.binary(let left, _, _, _), .binary(let right, _, _, _)): left == right
    case (.index(_, let left), .index(_, let right)): left.map(\.isAll) == right.map(\.isAll)
    case (.range(_, _, let left), .range(_, _, let right)): (left == nil) == (right == nil)
    case (.predicate(let left, _, _), .predicate(let right, _, _)): left == right
    default: false
    }
  }
}

extension Expression.Subscript {
  /// A bare `:`
  public var isAll: Bool { if case .all = self { true } else { false } }
}
