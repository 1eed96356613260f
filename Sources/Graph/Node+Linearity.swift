import Tensors

extension Node {
  /// This node as a sum of multiples, one level deep: of a sum its two sides, of a multiple by a known number what is multiplied; a stop-gradient is what it
  /// stops. nil when the node is none of these. All parts have the node's shape.
  public var linearParts: [(coefficient: Double, node: Node)]? {
    guard case .operation(let primitive, let inputs) = source else { return nil }
    switch primitive {
    case is StopGradient: return [(1, inputs[0])]
    case is Unary<Negation>: return [(-1, inputs[0])]
    case let sum as Binary<Addition>:
      return [(1, sum.left.spread(inputs[0], to: shape)), (1, sum.right.spread(inputs[1], to: shape))]
    case let difference as Binary<Subtraction>:
      return [(1, difference.left.spread(inputs[0], to: shape)), (-1, difference.right.spread(inputs[1], to: shape))]
    case let product as Binary<Multiplication>:
      if let factor = inputs[0].knownNumber() { return [(factor, product.right.spread(inputs[1], to: shape))] }
      if let factor = inputs[1].knownNumber() { return [(factor, product.left.spread(inputs[0], to: shape))] }
      return nil
    case let quotient as Binary<Division>:
      return inputs[1].knownNumber().map { [(1 / $0, quotient.left.spread(inputs[0], to: shape))] }
    case let broadcast as Broadcast:
      return inputs[0].linearParts?.map { ($0.coefficient, $0.node.broadcast(to: broadcast.target, axes: broadcast.axes)) }
    default: return nil
    }
  }

  /// The number that every entry is, where that is known without computing; looks `depth` operations down.
  private func knownNumber(depth: Int = 16) -> Double? {
    switch source {
    case .scalar(let value): return value
    case .tensor, .variable, .input: return nil
    case .operation(let primitive, let inputs):
      guard depth > 0 else { return nil }
      let values = inputs.map { $0.knownNumber(depth: depth - 1) }
      guard let first = values.first, let a = first else { return nil }
      if primitive is Broadcast || primitive is StopGradient || primitive is Reshape { return a }
      if primitive is Unary<Negation> { return -a }
      guard values.count == 2, let b = values[1] else { return nil }
      switch primitive {
      case is Binary<Addition>: return a + b
      case is Binary<Subtraction>: return a - b
      case is Binary<Multiplication>: return a * b
      case is Binary<Division>: return a / b
      default: return nil
      }
    }
  }
}
