import Kernels
import Tensors

/// What is done to the elements along the reduced axes, and its derivative.
protocol ReductionFunction: Sendable {
  typealias Loop = @Sendable (UnsafePointer<Float>, UnsafeMutablePointer<Float>, AxisPattern, ThreadPool) -> Void
  static var name: String { get }
  static var loop: Loop { get }
  /// ∂L/∂x from g = ∂L/∂y; `spread` repeats an array of the result's shape to that of x.
  static func pullback(x: Node, y: Node, g: Node, axes: [Int], spread: (Node) -> Node) -> Node
}

/// x with `axes` reduced; they vanish from the shape.
struct Reduction<Function: ReductionFunction>: Primitive {
  let axes: [Int]

  static var name: String { Function.name }

  func shape(of inputs: [Shape]) -> Shape {
    precondition(axes.allSatisfy { inputs[0].extents.indices.contains($0) }, "\(Self.name): \(inputs[0]) has no axes \(axes)")
    return inputs[0].removing(axes)
  }

  func flops(inputs: [Shape]) -> Int { inputs[0].count }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    let shape = inputs[0].shape
    let kept = shape.axes(apartFrom: axes)
    return [
      Function.pullback(x: inputs[0], y: output, g: gradient, axes: axes) { $0.broadcast(to: shape, axes: kept) }
    ]
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let extents = site.inputShapes[0].extents
    let pattern = AxisPattern(extents: extents, kept: extents.indices.map { !axes.contains($0) })
    let (x, y, pool, loop) = (site.inputs[0], site.output, site.pool, Function.loop)
    return { _ in loop(x, y, pattern, pool) }
  }
}

extension Reduction {
  static func apply(_ x: Node, axes: [Int]) -> Node { x.graph.apply(Reduction(axes: axes.sorted()), [x]) }
}
