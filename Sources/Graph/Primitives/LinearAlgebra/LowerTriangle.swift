import Kernels
import Tensors

extension Node {
  /// [D, D], zero above the diagonal; the diagonal as it is, or halved.
  public func lowerTriangle(halvingDiagonal: Bool = false) -> Node {
    graph.apply(LowerTriangle(halvesDiagonal: halvingDiagonal), [self])
  }
}

/// Linear, and its own transpose.
struct LowerTriangle: Primitive {
  let halvesDiagonal: Bool

  static let name = "lowerTriangle"

  func shape(of inputs: [Shape]) -> Shape {
    let extent = inputs[0].squareExtent(Self.name)
    return [extent, extent]
  }

  func flops(inputs: [Shape]) -> Int { 0 }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    [gradient.lowerTriangle(halvingDiagonal: halvesDiagonal)]
  }

  var reusableInputs: [Int] { [0] }

  func kernel(_ site: KernelSite) -> Kernel {
    let (x, y, extent, weight) = (site.inputs[0], site.output, site.outputShape[0], Float(halvesDiagonal ? 0.5 : 1))
    return { _ in Arrangement.lowerTriangle(x, y, extent, diagonalWeight: weight) }
  }
}
