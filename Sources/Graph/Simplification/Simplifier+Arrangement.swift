import Tensors

extension Simplifier {
  /// Operations that move numbers about without need.
  func arrangement(_ primitive: any Primitive, _ inputs: [Node]) -> Node? {
    let x = inputs.first
    switch (primitive, x) {
    case (is StopGradient, let x?): return x
    case (is Concatenate, let x?): return inputs.count == 1 ? x : nil
    case (let slice as Slice, let x?): return slice.range.count == x.shape[slice.axis] ? x : nil
    case (let reshape as Reshape, let x?): return reshaped(x, reshape.target)
    case (let broadcast as Broadcast, let x?): return broadcasted(x, broadcast)
    case (let sum as Reduction<Sum>, let x?): return summed(x, axes: sum.axes)
    case (is Transpose, let x?): return transposed(x)
    case (let product as Matmul, _): return matmul(product, inputs)
    default: return nil
    }
  }

  private func reshaped(_ x: Node, _ target: Shape) -> Node? {
    if x.shape == target { return x }
    if let inner = x.operands(Reshape.self) { return apply(Reshape(target: target), inner) }
    return x.repeatedScalar.map { filled(target, with: $0) }
  }

  private func broadcasted(_ x: Node, _ outer: Broadcast) -> Node? {
    if x.shape == outer.target { return x }
    guard let inner = x.primitive as? Broadcast else { return nil }
    return apply(Broadcast(target: outer.target, axes: inner.axes.map { outer.axes[$0] }), x.inputs)
  }

  /// The sum of what was only repeated is a multiple; a constant factor is applied to the sum.
  private func summed(_ x: Node, axes: [Int]) -> Node? {
    if axes.isEmpty { return x }
    if let operands = x.operands(Binary<Multiplication>.self), operands[1].constant?.isFinite == true {
      return binary(Multiplication.self, apply(Reduction<Sum>(axes: axes), [operands[0]]), operands[1])
    }
    guard let broadcast = x.primitive as? Broadcast, axes.allSatisfy({ !broadcast.axes.contains($0) }) else { return nil }
    let count = axes.reduce(1.0) { $0 * Double(x.shape[$1]) }
    guard count > 0 else { return nil }
    let sum = binary(Multiplication.self, x.inputs[0], graph.scalar(count))
    let keptAxes = broadcast.axes.map { kept in kept - axes.count { $0 < kept } }
    return apply(Broadcast(target: x.shape.removing(axes), axes: keptAxes), [sum])
  }

  private func transposed(_ x: Node) -> Node? {
    if let inner = x.operands(Transpose.self) { return inner[0] }
    return x.repeatedScalar.map { filled([x.shape[1], x.shape[0]], with: $0) }
  }

  /// A transposed factor is read transposed.
  private func matmul(_ product: Matmul, _ inputs: [Node]) -> Node? {
    let (left, right) = (inputs[0].operands(Transpose.self), inputs[1].operands(Transpose.self))
    guard left != nil || right != nil else { return nil }
    return apply(
      Matmul(
        transposesLeft: product.transposesLeft != (left != nil), transposesRight: product.transposesRight != (right != nil)),
      [left?[0] ?? inputs[0], right?[0] ?? inputs[1]])
  }
}
