extension Graph {
  /// Builds what `roots` (of any graph) are computed from in this graph, inputs first, each operation by `apply`; returns the new roots.
  ///
  /// - Parameter make: makes a node in another way, given what there is already by the old ids; nil leaves it to `apply`.
  func rebuild(
    _ roots: [Node], making make: (_ node: Node, _ rebuilt: [Int: Node]) -> Node? = { _, _ in nil },
    applying apply: (_ primitive: any Primitive, _ inputs: [Node]) -> Node
  ) -> [Node] {
    guard let origin = roots.first?.graph else { return [] }
    var rebuilt: [Int: Node] = [:]
    for node in origin.reachable(from: roots) { rebuilt[node.id] = make(node, rebuilt) ?? copy(of: node, inputs: rebuilt, apply) }
    return roots.compactMap { rebuilt[$0.id] }
  }

  private func copy(
    of node: Node, inputs rebuilt: [Int: Node], _ apply: (_ primitive: any Primitive, _ inputs: [Node]) -> Node
  ) -> Node {
    switch node.source {
    case .scalar(let value): scalar(value)
    case .tensor(let value, let identity): tensor(value, identity: identity)
    case .variable(let variable): self.variable(variable)
    case .input(let slot): input(slot)
    case .operation(let primitive, let inputs): apply(primitive, inputs.compactMap { rebuilt[$0.id] })
    }
  }

  /// `nodes` as they are computed when every `stopGradient` is left out: those that differ in stop-gradients alone become one node.
  public func withoutStopGradients(_ nodes: [Node]) -> [Node] {
    rebuild(nodes) { primitive, inputs in primitive is StopGradient ? inputs[0] : self.apply(primitive, inputs) }
  }
}
