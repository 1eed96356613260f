import Kernels
import Tensors

extension Node {
  /// [D, D] → [D].
  public func diagonal() -> Node { graph.apply(Diagonal(), [self]) }
  /// [D] → [D, D], zero elsewhere.
  public func diagonalMatrix() -> Node { graph.apply(DiagonalMatrix(), [self]) }
}

struct Diagonal: Primitive {
  static let name = "diagonal"

  func shape(of inputs: [Shape]) -> Shape { [inputs[0].squareExtent(Self.name)] }
  func flops(inputs: [Shape]) -> Int { 0 }
  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] { [gradient.diagonalMatrix()] }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, extent) = (site.inputs[0], site.output, site.outputShape[0])
    return { _ in Arrangement.copyRows(x, xStep: extent + 1, y, yStep: 1, rows: extent, count: 1) }
  }
}

struct DiagonalMatrix: Primitive {
  static let name = "diagonalMatrix"

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0].rank == 1, "diagonalMatrix: \(inputs[0]) is no vector")
    return [inputs[0][0], inputs[0][0]]
  }

  func flops(inputs: [Shape]) -> Int { 0 }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] { [gradient.diagonal()] }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, extent) = (site.inputs[0], site.output, site.inputShapes[0][0])
    return { _ in
      y.update(repeating: 0, count: extent * extent)
      Arrangement.copyRows(x, xStep: 1, y, yStep: extent + 1, rows: extent, count: 1)
    }
  }
}

extension Shape {
  /// D of [D, D].
  func squareExtent(_ operation: String) -> Int {
    precondition(rank == 2 && self[0] == self[1], "\(operation): \(self) is no square matrix")
    return self[0]
  }
}
