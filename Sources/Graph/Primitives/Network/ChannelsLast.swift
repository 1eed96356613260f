import Kernels
import Tensors

extension Node {
  /// Images as they are read, [N, C, H, W], as convolutions take them: [N, H, W, C].
  public func channelsLast() -> Node {
    precondition(shape.rank == 4, "channelsLast: \(shape) is not [N, C, H, W]")
    return reshaped([shape[0], shape[1], shape[2] * shape[3]]).swappingLastAxes().reshaped([shape[0], shape[2], shape[3], shape[1]])
  }

  /// [N, A, B] → [N, B, A].
  public func swappingLastAxes() -> Node { graph.apply(LastAxesSwap(), [self]) }
}

/// y[n, b, a] = x[n, a, b], whose adjoint is the same.
struct LastAxesSwap: Primitive {
  static let name = "swappingLastAxes"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank == 3, "swappingLastAxes: \(inputs[0]) has not three axes")
    return [inputs[0][0], inputs[0][2], inputs[0][1]]
  }

  func flops(inputs: [Shape]) -> Int { 0 }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] { [gradient.swappingLastAxes()] }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, pool, shape) = (site.inputs[0], site.output, site.pool, site.inputShapes[0])
    return { _ in Arrangement.swapLastAxes(x, y, count: shape[0], rows: shape[1], columns: shape[2], pool: pool) }
  }
}
