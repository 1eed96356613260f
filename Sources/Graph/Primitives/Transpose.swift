import Kernels
import Tensors

extension Node {
  /// [M, N] → [N, M].
  public func transposed() -> Node { graph.apply(Transpose(), [self]) }
}

struct Transpose: Primitive {
  static let name = "transpose"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank == 2, "transpose: \(inputs[0]) is no matrix")
    return [inputs[0][1], inputs[0][0]]
  }

  func flops(inputs: [Shape]) -> Int { 0 }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] { [gradient.transposed()] }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, pool) = (site.inputs[0], site.output, site.pool)
    let (rows, columns) = (site.inputShapes[0][0], site.inputShapes[0][1])
    return { _ in Arrangement.transpose(x, y, rows: rows, columns: columns, pool: pool) }
  }
}
