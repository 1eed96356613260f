import Kernels
import Tensors

extension Node {
  /// self repeated to `shape`: its axis i becomes axis `axes[i]` of the result (increasing), the others repeat it.
  public func broadcast(to shape: Shape, axes: [Int]) -> Node { graph.apply(Broadcast(target: shape, axes: axes), [self]) }
}

/// y[…] = x at the coordinates of `axes`.
struct Broadcast: Primitive {
  let target: Shape
  let axes: [Int]

  static let name = "broadcast"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(
      axes.count == inputs[0].rank && zip(axes, axes.dropFirst()).allSatisfy(<)
        && axes.allSatisfy { target.extents.indices.contains($0) } && axes.map { target[$0] } == inputs[0].extents,
      "\(inputs[0]) on axes \(axes) does not repeat to \(target)")
    return target
  }

  func flops(inputs: [Shape]) -> Int { 0 }

  /// The sum over what was repeated.
  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    [gradient.sum(axes: target.axes(apartFrom: axes))]
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let pattern = AxisPattern(extents: target.extents, kept: target.extents.indices.map(axes.contains))
    let (x, y, pool) = (site.inputs[0], site.output, site.pool)
    return { _ in Reductions.broadcast(x, y, pattern, pool) }
  }
}

extension Shape {
  /// The axes that are not among `axes`, in order.
  func axes(apartFrom axes: [Int]) -> [Int] { extents.indices.filter { !axes.contains($0) } }
  /// Without `axes`.
  func removing(_ axes: [Int]) -> Shape { Shape(self.axes(apartFrom: axes).map { extents[$0] }) }
}
