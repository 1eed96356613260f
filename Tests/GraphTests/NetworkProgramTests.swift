import Graph
import Kernels
import Tensors
import Testing

/// A small convolutional network, forward and backward, as one program.
@Suite struct NetworkProgramTests {
  @Test func oneThreadCountGivesOneResult() throws {
    for pool in [ThreadPool(threadCount: 1), .shared] {
      let (first, second) = (try SmallNetwork(pool), try SmallNetwork(pool))
      let reference = first.run()
      for _ in 0..<5 { #expect(first.run() == reference) }
      #expect(second.run() == reference)
    }
  }

  @Test func threadCountsAgreeToRounding() throws {
    let (one, all) = (try SmallNetwork(ThreadPool(threadCount: 1)).run(), try SmallNetwork(.shared).run())
    for (a, b) in zip(one, all) {
      let scale = a.values.map(abs).max() ?? 0
      #expect(zip(a.values, b.values).allSatisfy { abs($0 - $1) <= 1e-4 * scale })
    }
  }

  /// Its scratch was planned for the shared pool: a larger one must not write past it.
  @Test func aLargerPoolIsHarmless() throws {
    let large = ThreadPool(threadCount: ThreadPool.shared.threadCount + 3)
    #expect(try SmallNetwork(large).run()[0].values[0].isFinite)
  }

  /// Nodes are hash-consed: moments that two operations ask for are computed once.
  @Test func momentsAreSharedWithRunningStatistics() {
    let graph = Graph()
    let x = graph.input(InputSlot(name: "x", shape: [4, 3]))
    #expect(x.channelMoments() == x.channelMoments())
  }
}

/// Three convolutions, the last by Winograd's algorithm, with batch norm, pooling and a linear layer; the loss, and its gradient by every parameter.
private struct SmallNetwork {
  private let program: Program
  private let count: Int

  init(_ pool: ThreadPool) throws {
    let graph = Graph()
    var parameters: [Node] = []
    func parameter(_ shape: Shape) -> Node {
      let variable = Variable(name: "\(parameters.count)", shape: shape, role: .parameter)
      var reader = RandomStream.Reader(RandomStream(seed: 5, name: variable.name))
      for index in 0..<shape.count { variable.buffer.pointer[index] = reader.uniform(-0.5, 0.5) }
      parameters.append(graph.variable(variable))
      return graph.variable(variable)
    }
    let slot = InputSlot(name: "images", shape: [32, 3, 16, 16])
    var reader = RandomStream.Reader(RandomStream(seed: 5, name: slot.name))
    for index in 0..<slot.shape.count { slot.buffer.pointer[index] = reader.uniform(-1, 1) }

    var x = graph.input(slot).channelsLast()
    for (channels, stride) in [(8, 1), (16, 2), (16, 1)] {
      x = x.convolution2D(weight: parameter([channels, x.shape[3], 3, 3]), stride: stride, padding: 1)
      x = x.batchNorm(moments: x.channelMoments(), scale: parameter([channels]), shift: parameter([channels])).relu()
    }
    let y = x.globalAveragePool().linear(weight: parameter([4, 16]), bias: parameter([4]))
    let loss = y.softmaxRows().entropyTerms().sum()
    let gradients = graph.gradients(of: loss, withRespectTo: parameters).compactMap { $0 }
    count = 1 + gradients.count
    #expect(gradients.count == parameters.count)
    program = try Program(outputs: [loss] + gradients, pool: pool)
  }

  func run() -> [Tensor] {
    program.run()
    return (0..<count).map(program.tensor)
  }
}
