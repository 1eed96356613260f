import Graph
import Kernels
import Tensors
import Testing

/// Winograd or direct sums: what was asked for is what all three forms of the convolution do.
@Suite struct ConvolutionMethodTests {
  private let graph = Graph()

  private func input(_ name: String, _ shape: Shape) -> Node { graph.normalInput(name, shape, seed: 6) }

  /// y, ∂L/∂x and ∂L/∂w, and ∂/∂w of something that hangs on ∂L/∂x.
  private func nodes(_ x: Node, _ w: Node, _ g: Node, _ method: Convolution.Method) -> [Node] {
    let y = x.convolution2D(weight: w, padding: 1, method: method)
    let first = graph.gradients(of: (y * g).sum(), withRespectTo: [x, w]).compactMap { $0 }
    let second = graph.gradients(of: (first[0] * x).sum(), withRespectTo: [w]).compactMap { $0 }
    return [y] + first + second
  }

  @Test(arguments: [16, 8]) func methodsDifferWhereWinogradSuits(channels: Int) throws {
    let (x, w) = (input("x", [2, 8, 8, channels]), input("w", [channels, channels, 3, 3]))
    let g = input("g", x.shape)
    let (winograd, direct) = (nodes(x, w, g, .winograd), nodes(x, w, g, .direct))
    #expect(winograd.count == 4 && zip(winograd, direct).allSatisfy { $0 != $1 })
    let program = try Program(outputs: winograd + direct, pool: .single)
    program.run()
    for index in winograd.indices {
      let (a, b) = (program.tensor(index).values, program.tensor(winograd.count + index).values)
      let scale = a.map(abs).max() ?? 0
      #expect(zip(a, b).allSatisfy { abs($0 - $1) <= 1e-5 * scale })
      #expect((a == b) == (channels == 8))
    }
  }

  /// Not asking is asking for Winograd: one node, computed once.
  @Test func winogradIsTheDefault() {
    let (x, w) = (input("x", [2, 8, 8, 16]), input("w", [16, 16, 3, 3]))
    #expect(x.convolution2D(weight: w, padding: 1) == x.convolution2D(weight: w, padding: 1, method: .winograd))
  }
}
