import Tensors

/// One value in a graph. Nodes are hash-consed by their `Graph`: the same operation on the same inputs is the same node, which is what
/// lets `grad(L, Za)` find the `Za` inside `L`, and `h(x)` be computed once.
public final class Node: Hashable, @unchecked Sendable {
  public enum Source: @unchecked Sendable {
    /// A scalar known now, kept in double precision until a kernel reads it.
    case scalar(Double)
    /// An array known now. Told apart by identity, not by content: `val A` and `val B` are two leaves even when equal.
    case tensor(Tensor, identity: Int)
    case variable(Variable)
    case input(InputSlot)
    case operation(any Primitive, inputs: [Node])
  }

  /// Increases in the order of creation, so inputs always have smaller ids than what is made of them: ids are a topological order.
  public let id: Int
  public private(set) var source: Source
  public let shape: Shape
  /// Where new nodes on this one are built; it must still be there then.
  public unowned let graph: Graph

  init(id: Int, source: Source, shape: Shape, graph: Graph) {
    self.id = id
    self.source = source
    self.shape = shape
    self.graph = graph
  }

  public var inputs: [Node] {
    if case .operation(_, let inputs) = source { return inputs }
    return []
  }

  /// Releases what this node alone still holds one by one: left to the runtime, a long chain of inputs would be released recursively.
  deinit {
    var pending = takeInputs()
    while var node = pending.popLast() {
      if isKnownUniquelyReferenced(&node) { pending += node.takeInputs() }
    }
  }

  private func takeInputs() -> [Node] {
    guard case .operation(_, let inputs) = source else { return [] }
    source = .scalar(0)
    return inputs
  }

  public static func == (left: Node, right: Node) -> Bool { left === right }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
