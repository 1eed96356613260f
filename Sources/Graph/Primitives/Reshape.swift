import Kernels
import Tensors

extension Node {
  /// The same elements in the same order under another shape.
  public func reshaped(_ shape: Shape) -> Node { graph.apply(Reshape(target: shape), [self]) }
}

/// Costs nothing in a program: the result lies where the input lies.
struct Reshape: Primitive {
  let target: Shape

  static let name = "reshape"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].count == target.count, "\(inputs[0]) cannot be reshaped to \(target)")
    return target
  }

  func flops(inputs: [Shape]) -> Int { 0 }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] { [gradient.reshaped(inputs[0].shape)] }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, count) = (site.inputs[0], site.output, site.outputShape.count)
    return { _ in y.update(from: x, count: count) }
  }
}
