import Kernels
import Tensors

extension Node {
  /// op(self) · op(other), [M, K] · [K, N] → [M, N]; op transposes where asked.
  public func matmul(_ other: Node, transposingSelf: Bool = false, transposingOther: Bool = false) -> Node {
    graph.apply(Matmul(transposesLeft: transposingSelf, transposesRight: transposingOther), [self, other])
  }
}

/// C = op(A)·op(B). With g = ∂L/∂C: ∂L/∂op(A) = g·op(B)ᵀ, ∂L/∂op(B) = op(A)ᵀ·g; where op transposes, the transpose of that.
struct Matmul: Primitive {
  let transposesLeft: Bool
  let transposesRight: Bool

  static let name = "matmul"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.allSatisfy { $0.rank == 2 }, "matmul: \(inputs[0]) and \(inputs[1]) are not both matrices")
    let (rows, depth) = transposesLeft ? (inputs[0][1], inputs[0][0]) : (inputs[0][0], inputs[0][1])
    let (otherDepth, columns) = transposesRight ? (inputs[1][1], inputs[1][0]) : (inputs[1][0], inputs[1][1])
    precondition(depth == otherDepth, "matmul: \(inputs[0]) does not meet \(inputs[1])")
    return [rows, columns]
  }

  /// 2·m·n·k.
  func flops(inputs: [Shape]) -> Int { 2 * shape(of: inputs).count * inputs[0][transposesLeft ? 0 : 1] }

  /// A product of 512³ is as fast as any larger one.
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.map { Shape($0.extents.map { min($0, 512) }) } }

  func pullback(inputs: [Node], output: Node, gradient g: Node) -> [Node?] {
    let (a, b) = (inputs[0], inputs[1])
    return [
      transposesLeft
        ? b.matmul(g, transposingSelf: transposesRight, transposingOther: true)
        : g.matmul(b, transposingOther: !transposesRight),
      transposesRight
        ? g.matmul(a, transposingSelf: true, transposingOther: transposesLeft)
        : a.matmul(g, transposingSelf: !transposesLeft)
    ]
  }

  func scratchCount(inputs: [Shape]) -> Int {
    TiledProduct(product(inputs))?.scratchCount(threads: ThreadPool.shared.threadCount) ?? 0
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let product = product(site.inputShapes)
    let (a, b, c, scratch, pool) = (site.inputs[0], site.inputs[1], site.output, site.scratch, site.poolOfScratch)
    let count = site.outputShape.count
    // BLAS takes no empty matrices.
    if product.depth == 0 || count == 0 { return { _ in c.update(repeating: 0, count: count) } }
    // (A sample for `check` has arrays of its own for both, and takes the whole product's time.)
    if let tiled = TiledProduct(product, ofItself: a == b && transposesLeft != transposesRight) {
      return { _ in tiled.run(a, b, into: c, scratch: scratch, pool: pool) }
    }
    return { _ in product.run(a, b, into: c, on: pool) }
  }

  private func product(_ inputs: [Shape]) -> MatrixProduct {
    let shape = shape(of: inputs)
    return MatrixProduct(
      rows: shape[0], columns: shape[1], depth: inputs[0][transposesLeft ? 0 : 1], transposingLeft: transposesLeft,
      transposingRight: transposesRight)
  }
}
