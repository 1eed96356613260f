extension Simplifier {
  /// Two operations that one pass over memory does. The first is still computed where something else reads it too.
  func fusion(_ primitive: any Primitive, _ inputs: [Node]) -> Node? {
    guard primitive is Unary<Rectifier> else { return nil }
    if var norm = inputs[0].primitive as? BatchNormalization {
      norm.rectifies = true
      return graph.apply(norm, inputs[0].inputs)
    }
    if var norm = inputs[0].primitive as? BatchNormEvaluation {
      norm.rectifies = true
      return graph.apply(norm, inputs[0].inputs)
    }
    return nil
  }
}
