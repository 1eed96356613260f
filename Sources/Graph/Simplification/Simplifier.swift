import Tensors

/// Builds operations in a graph in a cheaper form of the same value.
///
/// Each rule looks at one operation, whose inputs have been simplified already, and returns a cheaper node or nil; what it builds goes
/// through the rules again, each time smaller, so this ends. Nothing is dropped that could be NaN or ∞: x·0 and x - x stay.
///
/// Values are the same up to rounding, not bit for bit, where
/// - scalar constants are combined: in float64, where the operations one by one would round to float32;
/// - factors are collected: (x·c)·d becomes x·(c·d), Σ(x·c) becomes (Σx)·c, x² is x·x;
/// and the sign of a zero may change (x + 0, 0 - x).
struct Simplifier {
  let graph: Graph

  /// `primitive` on `inputs`, in the cheapest form known.
  func apply(_ primitive: any Primitive, _ inputs: [Node]) -> Node {
    let elementwise = primitive.isElementwise ? primitive as? any ElementwiseFunction : nil
    return elementwise.flatMap { constant($0, inputs) ?? operands($0, inputs) } ?? arithmetic(primitive, inputs)
      ?? arrangement(primitive, inputs) ?? fusion(primitive, inputs) ?? graph.apply(primitive, inputs)
  }

  func unary<Function: UnaryFunction>(_ function: Function.Type, _ x: Node) -> Node { apply(Unary<Function>(), [x]) }

  func binary<Function: BinaryFunction>(_ function: Function.Type, _ a: Node, _ b: Node) -> Node {
    apply(Binary<Function>(of: a.shape, and: b.shape), [a, b])
  }

  /// `scalar` everywhere in `shape`.
  func filled(_ shape: Shape, with scalar: Node) -> Node {
    shape == .scalar ? scalar : apply(Broadcast(target: shape, axes: []), [scalar])
  }
}

extension Graph {
  /// `roots` of another graph, simplified in this one.
  func simplified(_ roots: [Node]) -> [Node] {
    let simplifier = Simplifier(graph: self)
    return rebuild(roots) { simplifier.apply($0, $1) }
  }
}

extension Node {
  /// The value of a scalar known now.
  var constant: Double? {
    if case .scalar(let value) = source { return value }
    return nil
  }

  /// The scalar that this node repeats everywhere.
  var repeatedScalar: Node? {
    guard let broadcast = primitive as? Broadcast, broadcast.axes.isEmpty else { return nil }
    return inputs[0]
  }

  /// The inputs, where this is an operation of that kind.
  func operands<Kind: Primitive>(_ kind: Kind.Type) -> [Node]? { primitive is Kind ? inputs : nil }
}
