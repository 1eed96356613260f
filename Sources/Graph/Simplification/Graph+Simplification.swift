extension Graph {
  /// `roots` of another graph, simplified in this one: stop-gradients left out, equal operations joined.
  func simplified(_ roots: [Node]) -> [Node] {
    rebuild(roots) { primitive, inputs in primitive is StopGradient ? inputs[0] : apply(primitive, inputs) }
  }
}
