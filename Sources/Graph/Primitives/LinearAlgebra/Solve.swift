import Kernels
import Tensors

extension Node {
  /// self⁻¹·b: [D, D], b [D, K] or [D]; NaN where self is singular.
  public func solve(_ b: Node) -> Node {
    if b.shape.rank == 2 { return graph.apply(Solve(), [self, b]) }
    return solve(b.reshaped([b.shape.count, 1])).reshaped(b.shape)
  }
}

/// X = A⁻¹·B. ∂L/∂B = A⁻ᵀ·g, ∂L/∂A = -(∂L/∂B)·Xᵀ.
struct Solve: Primitive {
  static let name = "solve"

  func shape(of inputs: [Shape]) -> Shape {
    let extent = inputs[0].squareExtent(Self.name)
    precondition(inputs[1].rank == 2 && inputs[1][0] == extent, "solve: \(inputs[0]) does not meet \(inputs[1])")
    return inputs[1]
  }

  /// 2n³/3 for the factors, 2n² a right side.
  func flops(inputs: [Shape]) -> Int { 2 * FlopCounts.cube(inputs[0][0]) / 3 + 2 * inputs[0][0] * inputs[1].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.map { Shape($0.extents.map { min($0, rows) }) } }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    let right = inputs[0].transposed().solve(gradient)
    return [-right.matmul(output, transposingOther: true), right]
  }

  func scratchCount(inputs: [Shape]) -> Int { LinearAlgebra.solveScratch(inputs[0][0], columns: inputs[1][1]) }

  func kernel(_ site: KernelSite) -> Kernel {
    let (a, b, y, scratch, shape) = (site.inputs[0], site.inputs[1], site.output, site.scratch, site.outputShape)
    return { _ in LinearAlgebra.solve(a, b, y, shape[0], columns: shape[1], scratch: scratch) }
  }
}
