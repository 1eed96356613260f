import Graph
import Tensors

/// A node written as Σ coefficient·term, by taking sums, signs and constant factors apart: how `-∂loss/∂Za` is recognised as
/// ½·(Zb + oe). Exact: nothing is fitted.
struct LinearCombination {
  private(set) var terms: [(coefficient: Double, node: Node)] = []

  /// More terms than anyone would read.
  private static let mostTerms = 64

  /// Takes `node` apart, but for the nodes in `whole`, which have names.
  init(of node: Node, keeping whole: Set<Node>) {
    var rest = [(coefficient: 1.0, node: node)]
    while let (coefficient, node) = rest.popLast() {
      if whole.contains(node) || terms.count + rest.count > Self.mostTerms {
        add(coefficient, node)
      } else if let parts = node.linearParts {
        rest += parts.reversed().map { (coefficient * $0.coefficient, $0.node) }
      } else {
        add(coefficient, node)
      }
    }
  }

  private mutating func add(_ coefficient: Double, _ node: Node) {
    if let index = terms.firstIndex(where: { $0.node == node }) {
      terms[index].coefficient += coefficient
    } else {
      terms.append((coefficient, node))
    }
  }

  /// The coefficient of `node`; 0 when it is not among the terms.
  func coefficient(of node: Node) -> Double { terms.first { $0.node == node }?.coefficient ?? 0 }
}
