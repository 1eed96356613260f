import Kernels
import Tensors

extension Node {
  /// Of the symmetric part (A + Aᵀ)/2 of [D, D], largest first: [D].
  public func eigenvalues() -> Node { graph.apply(Eigenvalues(), [self]) }
  /// Of the symmetric part, as columns in the order of `eigenvalues`; the entry of largest magnitude in each is positive.
  public func eigenvectors() -> Node { graph.apply(Eigenvectors(), [self]) }
}

/// A = V·diag(λ)·Vᵀ. ∂L/∂A = V·diag(g)·Vᵀ (Giles, An extended collection of matrix derivative results, 2008).
struct Eigenvalues: Primitive {
  static let name = "eigenvalues"

  func shape(of inputs: [Shape]) -> Shape { [inputs[0].squareExtent(Self.name)] }

  /// 4n³/3, the reduction to a tridiagonal matrix (Golub & Van Loan, Matrix Computations, 2013, §8.3).
  func flops(inputs: [Shape]) -> Int { 4 * FlopCounts.cube(inputs[0][0]) / 3 }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.map { Shape($0.extents.map { min($0, rows) }) } }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    let vectors = inputs[0].eigenvectors()
    return [vectors.scalingColumns(by: gradient).matmul(vectors, transposingOther: true)]
  }

  func scratchCount(inputs: [Shape]) -> Int { LinearAlgebra.eigenScratch(inputs[0][0]) }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, scratch, extent) = (site.inputs[0], site.output, site.scratch, site.outputShape[0])
    return { _ in LinearAlgebra.eigenvalues(x, y, extent, scratch: scratch) }
  }
}

/// ∂L/∂A is the symmetric part of V·(F∘(Vᵀ·g))·Vᵀ, F[i, j] = 1/(λ[j] - λ[i]), 0 where they are equal: there the single vectors have no
/// derivative, but what depends on the space they span alone has none through F either.
struct Eigenvectors: Primitive {
  static let name = "eigenvectors"

  func shape(of inputs: [Shape]) -> Shape {
    let extent = inputs[0].squareExtent(Self.name)
    return [extent, extent]
  }

  /// 9n³ (Golub & Van Loan, Matrix Computations, 2013, §8.3).
  func flops(inputs: [Shape]) -> Int { 9 * FlopCounts.cube(inputs[0][0]) }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.map { Shape($0.extents.map { min($0, rows) }) } }

  func pullback(inputs: [Node], output vectors: Node, gradient: Node) -> [Node?] {
    let values = inputs[0].eigenvalues()
    let inner = vectors.matmul(gradient, transposingSelf: true) * values.reciprocalDifferences()
    let full = vectors.matmul(inner).matmul(vectors, transposingOther: true)
    return [full.symmetricPart()]
  }

  func scratchCount(inputs: [Shape]) -> Int { LinearAlgebra.eigenScratch(inputs[0][0]) }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, scratch, extent) = (site.inputs[0], site.output, site.scratch, site.outputShape[0])
    return { _ in LinearAlgebra.eigenvectors(x, y, extent, scratch: scratch) }
  }
}

extension Node {
  /// [M, D], column j times factors[j].
  func scalingColumns(by factors: Node) -> Node {
    graph.apply(Binary<Multiplication>(left: .whole, right: .row), [self, factors])
  }

  func symmetricPart() -> Node { 0.5 * (self + transposed()) }

  /// [D] → [D, D]: 1/(x[j] - x[i]), 0 where they are equal.
  func reciprocalDifferences() -> Node {
    let square: Shape = [shape[0], shape[0]]
    let differences = broadcast(to: square, axes: [1]) - broadcast(to: square, axes: [0])
    let isEqual = differences.equal(graph.scalar(0))
    return (1 - isEqual) / (differences + isEqual)
  }
}
