import Kernels
import Tensors

extension Node {
  /// The lower triangular L with L·Lᵀ = (A + Aᵀ)/2, [D, D]; NaN where that is not positive definite.
  public func cholesky() -> Node { graph.apply(Cholesky(), [self]) }
}

/// ∂L/∂A is the symmetric part of L⁻ᵀ·Φ(Lᵀ·g)·L⁻¹, Φ the lower triangle with its diagonal halved
/// (Murray, Differentiation of the Cholesky decomposition, 2016).
struct Cholesky: Primitive {
  static let name = "cholesky"

  func shape(of inputs: [Shape]) -> Shape {
    let extent = inputs[0].squareExtent(Self.name)
    return [extent, extent]
  }

  /// n³/3.
  func flops(inputs: [Shape]) -> Int { FlopCounts.cube(inputs[0][0]) / 3 }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.map { Shape($0.extents.map { min($0, rows) }) } }

  func pullback(inputs: [Node], output factor: Node, gradient: Node) -> [Node?] {
    let middle = factor.matmul(gradient.lowerTriangle(), transposingSelf: true).lowerTriangle(halvingDiagonal: true)
    let upper = factor.transposed()
    let half = upper.solve(middle)
    return [upper.solve(half.transposed()).symmetricPart()]
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, extent) = (site.inputs[0], site.output, site.outputShape[0])
    return { _ in LinearAlgebra.cholesky(x, y, extent) }
  }
}
