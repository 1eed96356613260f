extension Graph {
  // To be written: reverse mode over the ids between `targets` and `loss`, never recursive.
  //
  // public func gradients(of loss: Node, with respect to targets: [Node]) -> [Node?]
  //   loss is a scalar. A target may be any node, not only a leaf: the result is ∂L/∂target counting every path from it to the loss.
  //   nil where no path (after stop-gradients) leads: exactly zero, and told apart from a computed zero.
}
