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

  /// `tree` and `pattern` as texts, the first of which may be anything: the time it takes grows with its length, however deep it is.
  package static func contains(_ tree: String, _ pattern: String) -> Bool {
    let parts = CanonicalNode.operands(of: pattern)
    guard let head = parts.first, head == "+" || head == "*" else {
      return CanonicalNode.subtrees(of: tree).contains { $0.utf8.count == pattern.utf8.count && $0 == pattern[...] }
    }
    let wanted = Dictionary(parts.dropFirst().map { ($0, 1) }, uniquingKeysWith: +)
    // What has another length is not looked at: of the operands of one length none lies within another.
    let lengths = Set(wanted.keys.map(\.utf8.count))
    return CanonicalNode.operandLists(of: tree, under: head).contains { operands in
      operands.count >= parts.count - 1
        && count(operands.lazy.filter { lengths.contains($0.utf8.count) }, of: wanted) == parts.count - 1
    }
  }

  /// How many of `operands` are wanted, each as often at most as it is wanted.
  private static func count(_ operands: some Sequence<Substring>, of wanted: [Substring: Int]) -> Int {
    var found: [Substring: Int] = [:]
    for operand in operands {
      if let most = wanted[operand] { found[operand] = min(most, found[operand, default: 0] + 1) }
    }
    return found.values.reduce(0, +)
  }
}
