import Tensors

extension Graph {
  /// ∂loss/∂target for every target, by reverse accumulation (Griewank & Walther, Evaluating Derivatives, 2008) over the ids between them.
  ///
  /// `loss` is a scalar. A target may be any node, not only a leaf: the result counts every path from it to the loss, and targets may lie
  /// on one another's paths. nil where no path (past stop-gradients) leads: exactly zero, and told apart from a computed zero.
  /// The results are nodes like any other, so they can be differentiated again.
  public func gradients(of loss: Node, withRespectTo targets: [Node]) -> [Node?] {
    precondition(loss.shape == .scalar, "the gradient of \(loss.shape)")
    let path = between(targets, and: loss)
    let relevant = Set(targets.map(\.id)).union(path.map(\.id))
    var adjoints: [Int: Node] = [loss.id: scalar(1)]
    for node in path.reversed() {
      guard let adjoint = adjoints[node.id], let primitive = node.primitive else { continue }
      let contributions = primitive.pullback(inputs: node.inputs, output: node, gradient: adjoint)
      for (input, contribution) in zip(node.inputs, contributions) where relevant.contains(input.id) {
        guard let contribution else { continue }
        adjoints[input.id] = adjoints[input.id].map { $0 + contribution } ?? contribution
      }
    }
    return targets.map { adjoints[$0.id] }
  }

  /// The operations computed from a target on which `loss` depends, by increasing id.
  private func between(_ targets: [Node], and loss: Node) -> [Node] {
    guard let first = targets.map(\.id).min() else { return [] }
    let candidates = reachable(from: [loss]) { node in node.stopsGradient ? [] : node.inputs.filter { $0.id >= first } }
    var depending = Set(targets.map(\.id))
    var path: [Node] = []
    for node in candidates where !node.stopsGradient && node.inputs.contains(where: { depending.contains($0.id) }) {
      depending.insert(node.id)
      path.append(node)
    }
    return path
  }
}
