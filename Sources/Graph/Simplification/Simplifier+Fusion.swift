extension Simplifier {
  /// Two operations that one pass over memory does. The first is still computed where something else reads it too.
  func fusion(_ primitive: any Primitive, _ inputs: [Node]) -> Node? {
    switch primitive {
    case is Unary<Rectifier>: rectifiedNorm(inputs[0])
    case let sums as BatchNormGradientSums: rectified(sums, inputs)
    case let gradient as BatchNormInputGradient: rectified(gradient, inputs)
    default: nil
    }
  }

  /// relu(norm) as one operation.
  private func rectifiedNorm(_ node: Node) -> Node? {
    if var norm = node.primitive as? BatchNormalization {
      norm.rectifies = true
      return graph.apply(norm, node.inputs)
    }
    if var norm = node.primitive as? BatchNormEvaluation {
      norm.rectifies = true
      return graph.apply(norm, node.inputs)
    }
    return nil
  }

  /// Its sums, of the gradient in front of the gate.
  private func rectified(_ sums: BatchNormGradientSums, _ inputs: [Node]) -> Node? {
    guard sums.rectified == nil, let gate = gate(inputs, epsilon: sums.epsilon) else { return nil }
    var fused = sums
    fused.rectified = RectifiedNorm(hasScale: gate.norm.hasScale, hasShift: gate.norm.hasShift)
    return graph.apply(fused, [gate.gradient, inputs[1], inputs[2]] + gate.affine)
  }

  private func rectified(_ operation: BatchNormInputGradient, _ inputs: [Node]) -> Node? {
    guard operation.rectified == nil, let gate = gate(inputs, epsilon: operation.epsilon),
      gate.norm.hasScale == operation.hasScale, !operation.hasScale || gate.affine[0] == inputs[4]
    else { return nil }
    var fused = operation
    fused.rectified = RectifiedNorm(hasScale: gate.norm.hasScale, hasShift: gate.norm.hasShift)
    return graph.apply(fused, [gate.gradient, inputs[1], inputs[2], inputs[3]] + gate.affine)
  }

  /// Where `inputs` begin with a gradient behind the gate of a rectified norm, and that norm's x and moments.
  private func gate(_ inputs: [Node], epsilon: Float) -> (gradient: Node, norm: BatchNormalization, affine: ArraySlice<Node>)? {
    guard let gate = inputs[0].operands(Binary<Gate>.self), gate[0].shape == gate[1].shape,
      let norm = gate[1].primitive as? BatchNormalization, norm.rectifies, norm.epsilon == epsilon,
      gate[1].inputs[0] == inputs[1], gate[1].inputs[1] == inputs[2]
    else { return nil }
    return (gate[0], norm, Array(gate[1].inputs.dropFirst(2))[...])
  }
}
