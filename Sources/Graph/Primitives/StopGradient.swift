import Kernels
import Tensors

extension Node {
  /// The value, through which no gradient passes. A program leaves it out.
  public func stopGradient() -> Node { graph.apply(StopGradient(), [self]) }
}

struct StopGradient: Primitive {
  static let name = "stopGradient"

  func shape(of inputs: [Shape]) -> Shape { inputs[0] }
  func flops(inputs: [Shape]) -> Int { 0 }
  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] { [nil] }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, count) = (site.inputs[0], site.output, site.outputShape.count)
    return { _ in y.update(from: x, count: count) }
  }
}
