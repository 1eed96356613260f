import GRDB

extension CanonicalTree {
  /// Whether `pattern` is a subtree. A sum is also found within a longer sum, a product within a longer product: `Zb + oe` is
  /// in `oe + re + Zb`.
  public func contains(_ pattern: CanonicalTree) -> Bool { Self.contains(text, pattern.text) }

  /// `siam_contains(tree, pattern)`, on every connection of a history.
  static let containsFunction = DatabaseFunction("siam_contains", argumentCount: 2, pure: true) { values in
    guard let tree = String.fromDatabaseValue(values[0]), let pattern = String.fromDatabaseValue(values[1]) else { return nil }
    return contains(tree, pattern)
  }

  private static func contains(_ tree: String, _ pattern: String) -> Bool {
    let parts = CanonicalNode.operands(of: pattern)
    guard let head = parts.first, head == "+" || head == "*" else {
      return CanonicalNode.subtrees(of: tree).contains(pattern[...])
    }
    return CanonicalNode.subtrees(of: tree).contains { subtree in
      let candidate = CanonicalNode.operands(of: String(subtree))
      return candidate.first == head && isSubset(parts.dropFirst(), of: candidate.dropFirst())
    }
  }

  /// Whether each of `few` is among `many`, as often at least.
  private static func isSubset(_ few: ArraySlice<Substring>, of many: ArraySlice<Substring>) -> Bool {
    var left: [Substring: Int] = [:]
    for item in many { left[item, default: 0] += 1 }
    return few.allSatisfy { item in
      left[item, default: 0] -= 1
      return left[item, default: 0] >= 0
    }
  }
}
