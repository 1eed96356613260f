import Kernels
import Tensors

extension Node {
  /// [M, N] → [min(M, N)], largest first.
  public func singularValues() -> Node { graph.apply(SingularValues(), [self]) }
  /// [M, N] → [M + N, K], K = min(M, N): the left singular vectors (rows ..<M), then the right ones, as columns in the order of
  /// `singularValues`; the entry of largest magnitude in each left one is positive.
  public func singularVectors() -> Node { graph.apply(SingularVectors(), [self]) }
}

/// A = U·diag(s)·Vᵀ. ∂L/∂A = U·diag(g)·Vᵀ.
struct SingularValues: Primitive {
  static let name = "singularValues"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank == 2, "singularValues: \(inputs[0]) is no matrix")
    return [min(inputs[0][0], inputs[0][1])]
  }

  /// 4mn² - 4n³/3, m ≥ n (Golub & Van Loan, Matrix Computations, 2013, §8.6).
  func flops(inputs: [Shape]) -> Int {
    let (long, short) = (inputs[0].extents.max() ?? 0, inputs[0].extents.min() ?? 0)
    return 4 * long * short * short - 4 * FlopCounts.cube(short) / 3
  }

  /// LAPACK does so much less a second than a product that a sample as large as others' would take longer than all of them.
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.map { Shape($0.extents.map { min($0, rows, 128) }) } }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    let (left, right) = SingularVectors.parts(inputs[0])
    return [left.scalingColumns(by: gradient).matmul(right, transposingOther: true)]
  }

  func scratchCount(inputs: [Shape]) -> Int { LinearAlgebra.singularScratch(inputs[0][0], inputs[0][1]) }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, scratch, shape) = (site.inputs[0], site.output, site.scratch, site.inputShapes[0])
    return { _ in LinearAlgebra.singularValues(x, y, shape[0], shape[1], scratch: scratch) }
  }
}

/// With F[i, j] = 1/(s[j]² - s[i]²) (0 where equal) and S = diag(s), 1/0 taken as 0:
/// ∂L/∂A = U·[(F∘(Uᵀ·gU - gUᵀ·U))·S + S·(F∘(Vᵀ·gV - gVᵀ·V))]·Vᵀ + (I - U·Uᵀ)·gU·S⁻¹·Vᵀ + U·S⁻¹·gVᵀ·(I - V·Vᵀ)
/// (Townsend, Differentiating the singular value decomposition, 2016).
struct SingularVectors: Primitive {
  static let name = "singularVectors"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank == 2, "singularVectors: \(inputs[0]) is no matrix")
    return [inputs[0][0] + inputs[0][1], min(inputs[0][0], inputs[0][1])]
  }

  /// 14mn² + 8n³, m ≥ n (Golub & Van Loan, Matrix Computations, 2013, §8.6).
  func flops(inputs: [Shape]) -> Int {
    let (long, short) = (inputs[0].extents.max() ?? 0, inputs[0].extents.min() ?? 0)
    return 14 * long * short * short + 8 * FlopCounts.cube(short)
  }

  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.map { Shape($0.extents.map { min($0, rows) }) } }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    let (left, right) = Self.parts(inputs[0])
    let rows = inputs[0].shape[0]
    let (leftGradient, rightGradient) = (gradient.rows(0..<rows), gradient.rows(rows..<gradient.shape[0]))
    let values = inputs[0].singularValues()
    let differences = (values * values).reciprocalDifferences()
    let reciprocals = values.positive() / (values + (1 - values.positive()))

    let leftProducts = left.matmul(leftGradient, transposingSelf: true)
    let rightProducts = right.matmul(rightGradient, transposingSelf: true)
    let leftTurn = differences * (leftProducts - leftProducts.transposed())
    let rightTurn = differences * (rightProducts - rightProducts.transposed())
    let within = leftTurn.scalingColumns(by: values) + rightTurn.scalingRows(by: values)
    let leftRest = (leftGradient - left.matmul(leftProducts)).scalingColumns(by: reciprocals)
    let rightRest = (rightGradient - right.matmul(rightProducts)).scalingColumns(by: reciprocals)
    return [
      (left.matmul(within) + leftRest).matmul(right, transposingOther: true) + left.matmul(rightRest, transposingOther: true)
    ]
  }

  /// U and V.
  static func parts(_ x: Node) -> (left: Node, right: Node) {
    let both = x.singularVectors()
    return (both.rows(0..<x.shape[0]), both.rows(x.shape[0]..<both.shape[0]))
  }

  func scratchCount(inputs: [Shape]) -> Int { LinearAlgebra.singularScratch(inputs[0][0], inputs[0][1]) }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, scratch, shape) = (site.inputs[0], site.output, site.scratch, site.inputShapes[0])
    return { _ in LinearAlgebra.singularVectors(x, y, shape[0], shape[1], scratch: scratch) }
  }
}
