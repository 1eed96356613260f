import Kernels
import Tensors

extension Node {
  /// Rows (entries of the first axis) `range`.
  public func rows(_ range: Range<Int>) -> Node { slice(axis: 0, range) }
  /// One row, without its axis: [M, D] → [D], [M] → scalar.
  public func row(_ index: Int) -> Node { rows(index..<index + 1).reshaped(shape.removing([0])) }
  /// [M, N] → [M, range.count].
  public func columns(_ range: Range<Int>) -> Node { slice(axis: 1, range) }
  /// The entries `range` of any one axis.
  public func slice(axis: Int, _ range: Range<Int>) -> Node { graph.apply(Slice(axis: axis, range: range), [self]) }
  /// self between `before` and `after` zeros along one axis.
  public func padded(axis: Int, before: Int, after: Int) -> Node {
    graph.apply(Pad(axis: axis, before: before, after: after), [self])
  }
}

struct Slice: Primitive {
  let axis: Int
  let range: Range<Int>

  static let name = "slice"

  func shape(of inputs: [Shape]) -> Shape {
    let shape = inputs[0]
    precondition(
      shape.extents.indices.contains(axis) && range.lowerBound >= 0 && range.upperBound <= shape[axis],
      "slice: \(shape) has no \(range) on axis \(axis)")
    return shape.replacing(axis, by: range.count)
  }

  func flops(inputs: [Shape]) -> Int { 0 }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    let extent = inputs[0].shape[axis]
    return [gradient.padded(axis: axis, before: range.lowerBound, after: extent - range.upperBound)]
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let view = site.inputShapes[0].split(at: axis)
    let (x, y, first, count) = (site.inputs[0], site.output, range.lowerBound * view.inner, range.count * view.inner)
    return { _ in
      Arrangement.copyRows(x + first, xStep: view.extent * view.inner, y, yStep: count, rows: view.outer, count: count)
    }
  }
}

/// x between zeros along one axis: the transpose of `Slice`.
struct Pad: Primitive {
  let axis: Int
  let before: Int
  let after: Int

  static let name = "pad"

  func shape(of inputs: [Shape]) -> Shape { inputs[0].replacing(axis, by: before + inputs[0][axis] + after) }
  func flops(inputs: [Shape]) -> Int { 0 }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    [gradient.slice(axis: axis, before..<before + inputs[0].shape[axis])]
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let view = site.inputShapes[0].split(at: axis)
    let (x, y, total) = (site.inputs[0], site.output, site.outputShape.count)
    let (count, step, first) = (view.extent * view.inner, site.outputShape[axis] * view.inner, before * view.inner)
    return { _ in
      y.update(repeating: 0, count: total)
      Arrangement.copyRows(x, xStep: count, y + first, yStep: step, rows: view.outer, count: count)
    }
  }
}

extension Shape {
  func replacing(_ axis: Int, by extent: Int) -> Shape {
    var extents = extents
    extents[axis] = extent
    return Shape(extents)
  }

  /// The array as [outer, extent of `axis`, inner].
  func split(at axis: Int) -> (outer: Int, extent: Int, inner: Int) {
    (Shape(Array(extents[..<axis])).count, extents[axis], Shape(Array(extents[(axis + 1)...])).count)
  }
}
