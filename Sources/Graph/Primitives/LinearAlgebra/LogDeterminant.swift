import Kernels
import Tensors

extension Node {
  /// log det of [D, D], a scalar: -∞ where it is singular, NaN where the determinant is negative.
  public func logDeterminant() -> Node { graph.apply(LogDeterminant(), [self]) }
}

/// ∂L/∂A = g·A⁻ᵀ.
struct LogDeterminant: Primitive {
  static let name = "logDeterminant"

  func shape(of inputs: [Shape]) -> Shape {
    _ = inputs[0].squareExtent(Self.name)
    return .scalar
  }

  /// 2n³/3.
  func flops(inputs: [Shape]) -> Int { 2 * FlopCounts.cube(inputs[0][0]) / 3 }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.map { Shape($0.extents.map { min($0, rows) }) } }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    [inputs[0].transposed().solve(inputs[0].graph.identityMatrix(inputs[0].shape[0])) * gradient]
  }

  func scratchCount(inputs: [Shape]) -> Int { LinearAlgebra.determinantScratch(inputs[0][0]) }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, scratch, extent) = (site.inputs[0], site.output, site.scratch, site.inputShapes[0][0])
    return { _ in y[0] = LinearAlgebra.logDeterminant(x, extent, scratch: scratch) }
  }
}
