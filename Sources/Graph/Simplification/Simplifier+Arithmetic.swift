import Tensors

extension Simplifier {
  /// Neutral elements, double negation, chains of constant factors. In commutative functions a constant is the second operand.
  func arithmetic(_ primitive: any Primitive, _ inputs: [Node]) -> Node? {
    switch primitive {
    case is Unary<Negation>: negation(inputs[0])
    case is Binary<Addition>: addition(inputs[0], inputs[1])
    case is Binary<Subtraction>: subtraction(inputs[0], inputs[1])
    case is Binary<Multiplication>: inputs[1].constant.flatMap { product(inputs[0], $0) }
    case is Binary<Division>: inputs[1].constant.flatMap { quotient(inputs[0], $0) }
    case is Binary<Power>: inputs[1].constant.flatMap { power(inputs[0], $0) }
    default: nil
    }
  }

  private func negation(_ x: Node) -> Node? {
    if let inner = x.operands(Unary<Negation>.self) { return inner[0] }
    if let (factor, rest) = constantFactor(of: x) { return binary(Multiplication.self, rest, graph.scalar(-factor)) }
    guard let difference = x.primitive as? Binary<Subtraction> else { return nil }
    return apply(Binary<Subtraction>(left: difference.right, right: difference.left), [x.inputs[1], x.inputs[0]])
  }

  private func addition(_ a: Node, _ b: Node) -> Node? {
    if b.constant == 0 { return a }
    if a.shape == b.shape || b.shape == .scalar, let negated = b.operands(Unary<Negation>.self) {
      return binary(Subtraction.self, a, negated[0])
    }
    if a.shape == b.shape, let negated = a.operands(Unary<Negation>.self) { return binary(Subtraction.self, b, negated[0]) }
    return nil
  }

  private func subtraction(_ a: Node, _ b: Node) -> Node? {
    if b.constant == 0 { return a }
    if a.constant == 0 { return unary(Negation.self, b) }
    guard a.shape == b.shape || b.shape == .scalar, let negated = b.operands(Unary<Negation>.self) else { return nil }
    return binary(Addition.self, a, negated[0])
  }

  private func product(_ x: Node, _ factor: Double) -> Node? {
    if factor == 1 { return x }
    if factor == -1 { return unary(Negation.self, x) }
    if let (inner, rest) = constantFactor(of: x) { return binary(Multiplication.self, rest, graph.scalar(inner * factor)) }
    if let negated = x.operands(Unary<Negation>.self) { return binary(Multiplication.self, negated[0], graph.scalar(-factor)) }
    return nil
  }

  private func quotient(_ x: Node, _ divisor: Double) -> Node? {
    if divisor == 1 { return x }
    guard let (factor, rest) = constantFactor(of: x) else { return nil }
    return binary(Multiplication.self, rest, graph.scalar(factor / divisor))
  }

  private func power(_ x: Node, _ exponent: Double) -> Node? {
    switch exponent {
    case 1: x
    case 2: binary(Multiplication.self, x, x)
    case -1: binary(Division.self, graph.scalar(1), x)
    default: nil
    }
  }

  /// c and x of x·c.
  private func constantFactor(of node: Node) -> (factor: Double, rest: Node)? {
    guard let operands = node.operands(Binary<Multiplication>.self), let factor = operands[1].constant else { return nil }
    return (factor, operands[0])
  }
}
