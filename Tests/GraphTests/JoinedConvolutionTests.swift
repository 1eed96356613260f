import Graph
import Kernels
import Tensors
import Testing

/// Convolutions between rectified batch norms take the norms' sums on their way, and give what they give apart.
@Suite struct JoinedConvolutionTests {
  private let graph = Graph()

  private func input(_ name: String, _ shape: Shape) -> Node { graph.normalInput(name, shape) }

  /// An encoder's first two layers, and the gradients of all that is learned in them.
  private struct Network {
    let output: Node
    let moments: [Node]
    let gradients: [Node]
    var outputs: [Node] { [output] + moments + gradients }
  }

  private func network(_ method: Convolution.Method, hasScale: Bool = true, hasShift: Bool = true, stride: Int = 2) -> Network {
    var x = input("images", [6, 3, 16, 24]).channelsLast()
    var (moments, learned): ([Node], [Node]) = ([], [])
    for (layer, channels) in [(0, (from: 3, to: 16)), (1, (from: 16, to: 32))] {
      let w = input("w\(layer)", [channels.to, channels.from, 3, 3])
      x = x.convolution2D(weight: w, stride: layer == 0 ? 1 : stride, padding: 1, method: method)
      let scale = hasScale ? input("scale\(layer)", [channels.to]) : nil
      let shift = hasShift ? input("shift\(layer)", [channels.to]) : nil
      moments.append(x.channelMoments())
      x = x.batchNorm(moments: moments[layer], scale: scale, shift: shift).relu()
      learned += [w] + [scale, shift].compactMap { $0 }
    }
    let gradients = graph.gradients(of: (x * input("g", x.shape)).sum(), withRespectTo: learned).compactMap { $0 }
    return Network(output: x, moments: moments, gradients: gradients)
  }

  private func values(_ outputs: [Node], sharesMemory: Bool = true) throws -> [[Float]] {
    let program = try Program(outputs: outputs, sharesMemory: sharesMemory)
    program.run()
    return outputs.indices.map { program.tensor($0).values }
  }

  private func names(_ outputs: [Node]) throws -> [String: Int] {
    Dictionary(grouping: try ProgramPlan(outputs: outputs).costs.map(\.name)) { $0 }.mapValues(\.count)
  }

  private func expectNear(_ a: [[Float]], _ b: [[Float]], _ tolerance: Float) {
    for (first, second) in zip(a, b) {
      let scale = second.map(abs).max() ?? 0
      #expect(zip(first, second).allSatisfy { abs($0 - $1) <= tolerance * max(scale, 1e-6) })
    }
  }

  @Test(.enabled(if: Convolution.hasTiles), arguments: [(true, true), (true, false), (false, true), (false, false)], [1, 2])
  func givesWhatTheyGiveApart(affine: (scale: Bool, shift: Bool), stride: Int) throws {
    let joined = network(.winograd, hasScale: affine.scale, hasShift: affine.shift, stride: stride)
    let apart = network(.unfolded, hasScale: affine.scale, hasShift: affine.shift, stride: stride)
    let (some, all) = (try names(joined.outputs), try names(apart.outputs))
    #expect(some["channelMoments"] == nil && some["swappingLastAxes"] == nil)
    #expect(some["batchNormGradientSums"] == 1 && some["batchNormInputGradient"] == 1)
    #expect(all["channelMoments"] == 2 && all["swappingLastAxes"] == 1)
    #expect(all["batchNormGradientSums"] == 2 && all["batchNormInputGradient"] == 2)
    let results = try values(joined.outputs)
    expectNear(results, try values(apart.outputs), 2e-5)
    // Nothing that is still needed is overwritten.
    #expect(results == (try values(joined.outputs, sharesMemory: false)))
  }

  /// What something else reads is not made on the way.
  @Test(.enabled(if: Convolution.hasTiles)) func aGradientThatIsReadIsWritten() throws {
    let (x, w, g) = (input("x", [2, 8, 8, 3]), input("w", [16, 3, 3, 3]), input("g", [2, 8, 8, 16]))
    let y = x.convolution2D(weight: w, padding: 1)
    let loss = (y.batchNorm(moments: y.channelMoments()) * g).sum()
    let both = graph.gradients(of: loss, withRespectTo: [w, y]).compactMap { $0 }
    #expect(try names([both[0]])["batchNormInputGradient"] == nil)
    #expect(try names(both)["batchNormInputGradient"] == 1)
    expectNear([try values(both)[0]], try values([both[0]]), 1e-6)
  }

  /// Sums alone, results alone: the other is written all the same, to room of its own.
  @Test(.enabled(if: Convolution.hasTiles)) func whatNobodyReadsHasRoom() throws {
    let (x, w) = (input("x", [2, 8, 8, 16]), input("w", [16, 16, 3, 3]))
    let moments = x.convolution2D(weight: w, padding: 1).channelMoments()
    #expect(try names([moments]) == ["convolution2D": 1])
    let expected = x.convolution2D(weight: w, padding: 1, method: .unfolded).channelMoments()
    expectNear(try values([moments]), try values([expected]), 1e-5)
    expectNear(try values([moments], sharesMemory: false), try values([expected]), 1e-5)
  }

  /// What is done on the way counts as it does alone; a norm on the way does not.
  @Test(.enabled(if: Convolution.hasTiles)) func costsAreThoseOfTheParts() throws {
    func flops(_ method: Convolution.Method) throws -> Int {
      try ProgramPlan(outputs: network(method).outputs).costs.reduce(0) { $0 + ($1.name == "batchNorm" ? 0 : $1.flops) }
    }
    #expect(try flops(.winograd) == flops(.unfolded))
  }
}

extension Convolution {
  /// Whether this machine has the register tiles that make passes together.
  fileprivate static let hasTiles = Convolution(
    ConvolutionGeometry(images: 1, inputChannels: 3, height: 8, width: 8, outputChannels: 16, side: 3, stride: 1, padding: 1)
  ).canTakeMoments
}
