extension Node {
  /// This node and all that it is computed from, by increasing id (inputs before what is made of them).
  public var ancestors: [Node] { graph.reachable(from: [self]) }
}

extension Graph {
  /// `roots` and all that they are computed from, by increasing id.
  public func reachable(from roots: [Node]) -> [Node] { reachable(from: roots) { $0.inputs } }

  /// Likewise, following only the inputs that `inputs` names.
  func reachable(from roots: [Node], through inputs: (Node) -> [Node]) -> [Node] {
    var seen = Set<Int>()
    var found: [Node] = []
    var pending = roots
    while let node = pending.popLast() {
      guard seen.insert(node.id).inserted else { continue }
      found.append(node)
      pending += inputs(node)
    }
    return found.sorted { $0.id < $1.id }
  }

  /// The variables from which a path leads to `node`: all of them, or only those that no `stopGradient` on every path cuts off.
  public func variablesReaching(_ node: Node, throughStopGradients: Bool) -> [Variable] {
    let nodes = reachable(from: [node]) { throughStopGradients || !$0.stopsGradient ? $0.inputs : [] }
    return nodes.compactMap { if case .variable(let variable) = $0.source { variable } else { nil } }
  }
}

extension Node {
  var primitive: (any Primitive)? {
    if case .operation(let primitive, _) = source { return primitive }
    return nil
  }

  var stopsGradient: Bool { primitive is StopGradient }
}
