import Tensors

// The vocabulary in which formulas, layers and pullbacks are written. What is one primitive stands beside that primitive in `Primitives/`;
// here is what is made of several. Shapes must already agree; `broadcast` is explicit.

extension Node {
  public static func + (a: Node, b: Double) -> Node { a + a.graph.scalar(b) }
  public static func + (a: Double, b: Node) -> Node { b.graph.scalar(a) + b }
  public static func - (a: Node, b: Double) -> Node { a - a.graph.scalar(b) }
  public static func - (a: Double, b: Node) -> Node { b.graph.scalar(a) - b }
  public static func * (a: Node, b: Double) -> Node { a * a.graph.scalar(b) }
  public static func * (a: Double, b: Node) -> Node { b.graph.scalar(a) * b }
  public static func / (a: Node, b: Double) -> Node { a / a.graph.scalar(b) }
  public static func / (a: Double, b: Node) -> Node { b.graph.scalar(a) / b }

  /// Over `axes`, which vanish from the shape.
  public func mean(axes: [Int]) -> Node {
    let sum = sum(axes: axes)
    return sum * (Double(sum.shape.count) / Double(shape.count))
  }
  /// Over all entries, a scalar.
  public func mean() -> Node { mean(axes: Array(shape.extents.indices)) }

  /// [M, D] + [D]: the vector added to every row.
  public func addingRow(_ row: Node) -> Node { graph.apply(Binary<Addition>(left: .whole, right: .row), [self, row]) }
  /// [M, D] · [M]: every row by its number.
  public func scalingRows(by factors: Node) -> Node {
    graph.apply(Binary<Multiplication>(left: .whole, right: .column), [self, factors])
  }
}

extension Graph {
  /// `value` everywhere.
  public func filled(_ shape: Shape, with value: Double) -> Node {
    shape == .scalar ? scalar(value) : scalar(value).broadcast(to: shape, axes: [])
  }
  public func zeros(_ shape: Shape) -> Node { filled(shape, with: 0) }
  public func ones(_ shape: Shape) -> Node { filled(shape, with: 1) }
  /// Ones on the diagonal of [extent, extent].
  public func identityMatrix(_ extent: Int) -> Node { ones([extent]).diagonalMatrix() }
}
