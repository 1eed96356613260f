import Kernels
import Tensors

extension Node {
  /// The mean over the pixels of each channel: [N, C, H, W] → [N, C].
  public func globalAveragePool() -> Node { graph.apply(GlobalAverage(), [self]) }
}

/// y[n, c] = Σ x[n, c, ·, ·] / (H·W).
struct GlobalAverage: Primitive {
  static let name = "globalAveragePool"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank == 4, "globalAveragePool: \(inputs[0]) is not [N, C, H, W]")
    return [inputs[0][0], inputs[0][1]]
  }

  func flops(inputs: [Shape]) -> Int { inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0], to: rows) }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    let shape = inputs[0].shape
    return [gradient.graph.apply(GlobalAverageGradient(height: shape[2], width: shape[3]), [gradient])]
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let layout = ChannelLayout(site.inputShapes[0])
    let (x, y, pool) = (site.inputs[0], site.output, site.pool)
    return { _ in GlobalAveragePool.forward(x: x, layout, into: y, pool: pool) }
  }
}

/// x[n, c, i, j] = g[n, c] / (H·W): the adjoint of the mean, whose adjoint is the mean.
struct GlobalAverageGradient: Primitive {
  let height: Int
  let width: Int

  static let name = "globalAveragePoolGradient"

  func shape(of inputs: [Shape]) -> Shape { [inputs[0][0], inputs[0][1], height, width] }
  func flops(inputs: [Shape]) -> Int { inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0], to: rows) }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] { [gradient.globalAveragePool()] }

  func kernel(_ site: KernelSite) -> Kernel {
    let layout = ChannelLayout(site.outputShape)
    let (g, x, pool) = (site.inputs[0], site.output, site.pool)
    return { _ in GlobalAveragePool.gradient(g, layout, into: x, pool: pool) }
  }
}
