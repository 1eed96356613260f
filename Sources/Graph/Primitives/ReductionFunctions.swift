import Kernels
import Tensors

extension Node {
  /// Over `axes`, which vanish from the shape.
  public func sum(axes: [Int]) -> Node { Reduction<Sum>.apply(self, axes: axes) }
  /// Over all entries, a scalar.
  public func sum() -> Node { sum(axes: Array(shape.extents.indices)) }
  /// NaN when an entry is NaN.
  public func maximum(axes: [Int]) -> Node { Reduction<Largest>.apply(self, axes: axes) }
  public func minimum(axes: [Int]) -> Node { Reduction<Smallest>.apply(self, axes: axes) }
}

enum Sum: ReductionFunction {
  static let name = "sum"
  static let loop: Loop = { Reductions.sum($0, $1, $2, $3) }
  static func pullback(x: Node, y: Node, g: Node, axes: [Int], spread: (Node) -> Node) -> Node { spread(g) }
}

/// Equal largest entries share the gradient.
enum Largest: ReductionFunction {
  static let name = "maximumOverAxes"
  static let loop: Loop = { Reductions.maximum($0, $1, $2, $3) }
  static func pullback(x: Node, y: Node, g: Node, axes: [Int], spread: (Node) -> Node) -> Node {
    let hits = x.equal(spread(y))
    return hits * spread(g / hits.sum(axes: axes))
  }
}

/// Equal smallest entries share the gradient.
enum Smallest: ReductionFunction {
  static let name = "minimumOverAxes"
  static let loop: Loop = { Reductions.minimum($0, $1, $2, $3) }
  static func pullback(x: Node, y: Node, g: Node, axes: [Int], spread: (Node) -> Node) -> Node {
    Largest.pullback(x: x, y: y, g: g, axes: axes, spread: spread)
  }
}
