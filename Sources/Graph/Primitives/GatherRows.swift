import Kernels
import Tensors

extension Node {
  /// The rows numbered by `index` [n] (from 0, as float32), in its order: [M, …] → [n, …]. A number that is no row gives a row of NaN.
  public func gatherRows(index: Node) -> Node { graph.apply(GatherRows(), [self, index]) }
  /// The rows added into `rows` rows of zeros at the places numbered by `index`, [n, …] → [rows, …]. Those with no place are left out.
  public func scatterRows(index: Node, rows: Int) -> Node { graph.apply(ScatterRows(rows: rows), [self, index]) }
}

/// y[i] = x[index[i]].
struct GatherRows: Primitive {
  static let name = "gatherRows"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank > 0 && inputs[1].rank == 1, "gatherRows: \(inputs[0]) by \(inputs[1])")
    return inputs[0].replacing(0, by: inputs[1][0])
  }

  func flops(inputs: [Shape]) -> Int { 0 }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    [gradient.scatterRows(index: inputs[1], rows: inputs[0].shape[0]), nil]
  }

  func kernel(_ site: KernelSite) -> Kernel {
    let view = site.inputShapes[0].split(at: 0)
    let (x, index, y, count) = (site.inputs[0], site.inputs[1], site.output, site.outputShape[0])
    return { _ in Arrangement.gatherRows(x, rows: view.extent, columns: view.inner, index: index, count: count, y) }
  }
}

/// y[index[i]] += x[i], from zeros: the transpose of `GatherRows`.
struct ScatterRows: Primitive {
  let rows: Int

  static let name = "scatterRows"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[1].extents == [inputs[0][0]], "scatterRows: \(inputs[0]) by \(inputs[1])")
    return inputs[0].replacing(0, by: rows)
  }

  func flops(inputs: [Shape]) -> Int { inputs[0].count }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] { [gradient.gatherRows(index: inputs[1]), nil] }

  func kernel(_ site: KernelSite) -> Kernel {
    let view = site.outputShape.split(at: 0)
    let (x, index, y, count) = (site.inputs[0], site.inputs[1], site.output, site.inputShapes[1][0])
    return { _ in Arrangement.scatterRows(x, index: index, count: count, y, rows: view.extent, columns: view.inner) }
  }
}
