extension Simplifier {
  /// Two operations that one pass over memory does. The first is still computed where something else reads it too.
  func fusion(_ primitive: any Primitive, _ inputs: [Node]) -> Node? {
    switch primitive {
    case is Unary<Rectifier>: rectifiedNorm(inputs[0])
    case let sums as BatchNormGradientSums: rectified(sums, inputs)
    case let gradient as BatchNormInputGradient: rectified(gradient, inputs)
    case let convolution as Convolution2D: normalized(convolution, inputs) ?? ofPlanes(convolution, inputs)
    case let gradient as Convolution2DWeightGradient: normalized(gradient, inputs) ?? ofPlanes(gradient, inputs)
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
    fused.rectified = RectifiedNorm(gate.norm)
    return graph.apply(fused, [gate.gradient, inputs[1], inputs[2]] + gate.affine)
  }

  private func rectified(_ operation: BatchNormInputGradient, _ inputs: [Node]) -> Node? {
    guard operation.rectified == nil, let gate = gate(inputs, epsilon: operation.epsilon),
      gate.norm.hasScale == operation.hasScale, !operation.hasScale || gate.affine[0] == inputs[4]
    else { return nil }
    var fused = operation
    fused.rectified = RectifiedNorm(gate.norm)
    return graph.apply(fused, [gate.gradient, inputs[1], inputs[2], inputs[3]] + gate.affine)
  }

  /// The convolution, of the norm's x.
  private func normalized(_ convolution: Convolution2D, _ inputs: [Node]) -> Node? {
    guard convolution.norm == nil, let norm = rectifiedNorm(behind: inputs[0]),
      convolution.convolution(input: inputs[0].shape, weight: inputs[1].shape).canNormalize
    else { return nil }
    var fused = convolution
    fused.norm = RectifiedNorm(norm)
    return graph.apply(fused, [inputs[0].inputs[0], inputs[1]] + inputs[0].inputs.dropFirst())
  }

  private func normalized(_ gradient: Convolution2DWeightGradient, _ inputs: [Node]) -> Node? {
    guard gradient.norm == nil, let norm = rectifiedNorm(behind: inputs[1]),
      gradient.kernelConvolution(inputs.map(\.shape)).canNormalize
    else { return nil }
    var fused = gradient
    fused.norm = RectifiedNorm(norm)
    return graph.apply(fused, [inputs[0], inputs[1].inputs[0]] + inputs[1].inputs.dropFirst())
  }

  /// The convolution, of the images before their channels were put last.
  private func ofPlanes(_ convolution: Convolution2D, _ inputs: [Node]) -> Node? {
    guard !convolution.readsPlanes, convolution.norm == nil, let planes = planes(behind: inputs[0]),
      convolution.convolution(input: inputs[0].shape, weight: inputs[1].shape).canReadPlanes
    else { return nil }
    var fused = convolution
    fused.readsPlanes = true
    return graph.apply(fused, [planes, inputs[1]])
  }

  private func ofPlanes(_ gradient: Convolution2DWeightGradient, _ inputs: [Node]) -> Node? {
    guard !gradient.convolution.readsPlanes, gradient.norm == nil, let planes = planes(behind: inputs[1]),
      gradient.kernelConvolution(inputs.map(\.shape)).canReadPlanes
    else { return nil }
    var convolution = gradient.convolution
    convolution.readsPlanes = true
    return graph.apply(Convolution2DWeightGradient(convolution: convolution, side: gradient.side), [inputs[0], planes])
  }

  /// The images [N, C, H, W] that `node` is with their channels last; see `Node.channelsLast`.
  private func planes(behind node: Node) -> Node? {
    guard node.shape.rank == 4, let swapped = node.operands(Reshape.self)?[0], let pixels = swapped.operands(LastAxesSwap.self)?[0],
      swapped.shape == [node.shape[0], node.shape[1] * node.shape[2], node.shape[3]]
    else { return nil }
    return apply(Reshape(target: [node.shape[0], node.shape[3], node.shape[1], node.shape[2]]), [pixels])
  }

  /// The rectified norm that `node` is the result of.
  private func rectifiedNorm(behind node: Node) -> BatchNormalization? {
    guard let norm = node.primitive as? BatchNormalization, norm.rectifies else { return nil }
    return norm
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
