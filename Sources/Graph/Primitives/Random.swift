import Kernels
import Tensors

extension Graph {
  /// Standard normal numbers, drawn anew every step: a pure function of (stream, `RunContext.step`, index).
  public func normal(_ shape: Shape, stream: RandomStream) -> Node { apply(Normal(shape: shape, stream: stream), []) }
  /// Uniform numbers in [0, 1), likewise.
  public func uniform(_ shape: Shape, stream: RandomStream) -> Node { apply(Uniform(shape: shape, stream: stream), []) }
}

struct Normal: Primitive {
  let shape: Shape
  let stream: RandomStream

  static let name = "normal"

  func shape(of inputs: [Shape]) -> Shape { shape }
  func flops(inputs: [Shape]) -> Int { 2 * FlopCounts.function * shape.count }
  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] { [] }

  func kernel(_ site: KernelSite) -> Kernel {
    let (y, count, stream, pool) = (site.output, site.outputShape.count, stream, site.pool)
    return { context in RandomFilling.normal(y, count: count, stream: stream, step: context.step, pool: pool) }
  }
}

struct Uniform: Primitive {
  let shape: Shape
  let stream: RandomStream

  static let name = "uniform"

  func shape(of inputs: [Shape]) -> Shape { shape }
  func flops(inputs: [Shape]) -> Int { shape.count }
  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] { [] }

  func kernel(_ site: KernelSite) -> Kernel {
    let (y, count, stream, pool) = (site.output, site.outputShape.count, stream, site.pool)
    return { context in RandomFilling.uniform(y, count: count, stream: stream, step: context.step, pool: pool) }
  }
}
