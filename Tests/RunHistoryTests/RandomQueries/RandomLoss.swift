import TestSupport

/// A formula of a generated run, and what it contains, decided on its own tree: two sums, or two products, are equal whatever their order.
indirect enum RandomLoss: Equatable {
  case name(String)
  case stopped(RandomLoss)
  case negated(RandomLoss)
  case dot(RandomLoss, RandomLoss)
  /// At least two, none of them a sum.
  case sum([RandomLoss])
  /// At least two, none of them a product.
  case product([RandomLoss])

  private var isSum: Bool { if case .sum = self { true } else { false } }
  private var isProduct: Bool { if case .product = self { true } else { false } }
  private var isDot: Bool { if case .dot = self { true } else { false } }
  private var isNegated: Bool { if case .negated = self { true } else { false } }

  init(_ random: inout SplitMix64, height: Int) {
    guard height > 1, !random.chance(0.2) else {
      self = .name(random.pick(["Za", "Zb", "oe", "re", "Pa", "mo"]))
      return
    }
    func part(_ isWanted: (RandomLoss) -> Bool) -> RandomLoss {
      while true {
        let part = RandomLoss(&random, height: height - 1)
        if isWanted(part) { return part }
      }
    }
    switch random.integer(0...4) {
    case 0: self = .stopped(part { _ in true })
    case 1: self = .negated(part { !$0.isNegated })
    case 2: self = .dot(part { _ in true }, part { _ in true })
    case 3: self = .sum((0..<random.integer(2...3)).map { _ in part { !$0.isSum } })
    default: self = .product((0..<random.integer(2...3)).map { _ in part { !$0.isProduct } })
    }
  }

  var children: [RandomLoss] {
    switch self {
    case .name: []
    case .stopped(let inner), .negated(let inner): [inner]
    case .dot(let left, let right): [left, right]
    case .sum(let items), .product(let items): items
    }
  }

  var subtrees: [RandomLoss] { [self] + children.flatMap(\.subtrees) }

  /// Written with blanks, parentheses and an order of its own.
  func text(_ random: inout SplitMix64) -> String {
    func operand(_ tree: RandomLoss, _ mustStand: Bool) -> String {
      let text = tree.text(&random)
      return mustStand || random.chance(0.1) ? "(\(text))" : text
    }
    func joined(_ parts: [String], _ sign: String) -> String { parts.joined(separator: random.chance(0.5) ? " \(sign) " : sign) }
    switch self {
    case .name(let name): return name
    case .stopped(let inner): return "sg(\(inner.text(&random)))"
    case .negated(let inner): return "-" + operand(inner, inner.isSum || inner.isProduct || inner.isDot)
    case .dot(let left, let right):
      return joined([operand(left, left.isSum || left.isDot), operand(right, right.isSum || right.isDot)], ".")
    case .product(let items):
      return joined(items.shuffled(using: &random).map { operand($0, $0.isSum || $0.isDot) }, "*")
    case .sum(let items):
      var text = ""
      for item in items.shuffled(using: &random) {
        if case .negated(let inner) = item, !text.isEmpty, random.chance(0.7) {
          text += " - " + operand(inner, inner.isSum)
        } else {
          text += (text.isEmpty ? "" : " + ") + operand(item, false)
        }
      }
      return text
    }
  }

  func means(_ other: RandomLoss) -> Bool {
    switch (self, other) {
    case (.sum(let left), .sum(let right)), (.product(let left), .product(let right)):
      left.count == right.count && Self.areAll(left, among: right)
    default:
      zip(children, other.children).allSatisfy { $0.means($1) } && children.count == other.children.count && isSameKind(as: other)
    }
  }

  private func isSameKind(as other: RandomLoss) -> Bool {
    switch (self, other) {
    case (.name(let left), .name(let right)): left == right
    case (.stopped, .stopped), (.negated, .negated), (.dot, .dot): true
    default: false
    }
  }

  /// Whether each of `few` is one of `many`, each another one.
  private static func areAll(_ few: [RandomLoss], among many: [RandomLoss]) -> Bool {
    var left = many
    return few.allSatisfy { item in
      guard let place = left.firstIndex(where: { $0.means(item) }) else { return false }
      left.remove(at: place)
      return true
    }
  }

  func contains(_ pattern: RandomLoss) -> Bool {
    subtrees.contains { subtree in
      switch (subtree, pattern) {
      case (.sum(let many), .sum(let few)), (.product(let many), .product(let few)): Self.areAll(few, among: many)
      default: subtree.means(pattern)
      }
    }
  }
}
