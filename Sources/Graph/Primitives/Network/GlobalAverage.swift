import Kernels
import Tensors

extension Node {
  /// The mean over the pixels of each channel: [N, H, W, C] → [N, C].
  public func globalAveragePool() -> Node { graph.apply(GlobalAverage(), [self]) }
}

/// y[n, c] = Σ x[n, ·, ·, c] / (H·W).
struct GlobalAverage: Primitive {
  static let name = "globalAveragePool"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank == 4, "globalAveragePool: \(inputs[0]) is not [N, H, W, C]")
    return [inputs[0][0], inputs[0][3]]
  }

  func flops(inputs: [Shape]) -> Int { inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0], to: rows) }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    let shape = inputs[0].shape
    return [gradient.graph.apply(GlobalAverageGradient(height: shape[1], width: shape[2]), [gradient])]
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let shape = site.inputShapes[0]
    let (x, y, pool) = (site.inputs[0], site.output, site.pool)
    return { _ in
      GlobalAveragePool.forward(x: x, images: shape[0], pixels: shape[1] * shape[2], channels: shape[3], into: y, pool: pool)
    }
  }
}

/// x[n, i, j, c] = g[n, c] / (H·W): the adjoint of the mean, whose adjoint is the mean.
struct GlobalAverageGradient: Primitive {
  let height: Int
  let width: Int

  static let name = "globalAveragePoolGradient"

  func shape(of inputs: [Shape]) -> Shape { [inputs[0][0], height, width, inputs[0][1]] }
  func flops(inputs: [Shape]) -> Int { inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0], to: rows) }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] { [gradient.globalAveragePool()] }

  func kernel(_ site: KernelSite) -> Kernel {
    let shape = site.outputShape
    let (g, x, pool) = (site.inputs[0], site.output, site.pool)
    return { _ in
      GlobalAveragePool.gradient(g, images: shape[0], pixels: height * width, channels: shape[3], into: x, pool: pool)
    }
  }
}
