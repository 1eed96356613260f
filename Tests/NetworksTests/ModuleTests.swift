import Foundation
import Graph
import Networks
import Tensors
import Testing

@Suite struct ModuleTests {
  private let predictor = Head([.linear(width: 4, bias: true), .batchNorm(affine: true), .relu, .linear(width: 16, bias: true)])

  @Test func variablesAreNamedByModuleAndLayer() throws {
    let h = try Module(name: "h", head: predictor, inputWidth: 16, seed: 0)
    #expect(
      h.parameters.map(\.name) == ["h/fc1/weight", "h/fc1/bias", "h/bn1/weight", "h/bn1/bias", "h/fc2/weight", "h/fc2/bias"])
    #expect(h.states.map(\.name) == ["h/bn1/running_mean", "h/bn1/running_var"])
    #expect(h.parameters.allSatisfy { $0.role == .parameter } && h.states.allSatisfy { $0.role == .state })
    #expect(h.lastBias === h.parameters[5])
    #expect(h.weight(1) === h.parameters[0] && h.weight(2) === h.parameters[4])
    #expect(h.weight(0) == nil && h.weight(3) == nil)
  }

  /// PyTorch's counts: `sum(p.numel() for p in model.parameters())`.
  @Test func parameterCounts() throws {
    #expect(try Module(name: "h", head: predictor, inputWidth: 16, seed: 0).parameterCount == 156)
    let resnet = try Module(name: "e", encoder: .resnet18(width: 64), channels: 3, height: 32, width: 32, seed: 0)
    #expect(resnet.parameterCount == 11_168_832)
    #expect(resnet.outputWidth == 512)
    let names = Set(resnet.parameters.map(\.name))
    #expect(names.count == resnet.parameters.count)
    #expect(names.contains("e/layer2/0/downsample/conv/weight") && !names.contains("e/layer1/0/downsample/conv/weight"))
    let convnet = try Module(name: "e", encoder: .convnet(width: 16), channels: 3, height: 32, width: 32, seed: 0)
    #expect(convnet.parameterCount == 27 * 16 + 9 * (16 * 32 + 32 * 64 + 64 * 128) + 2 * (16 + 32 + 64 + 128))
    let mlp = try Module(name: "e", encoder: .mlp([20, 10]), channels: 1, height: 4, width: 4, seed: 0)
    #expect(mlp.parameterCount == 16 * 20 + 20 + 40 + 200 + 10 + 20)
  }

  @Test func sizesThatCannotBeAreErrors() {
    #expect(throws: NetworkError.imageTooSmall(height: 7, width: 32, minimum: 8)) {
      try Module(name: "e", encoder: .convnet(width: 4), channels: 3, height: 7, width: 32, seed: 0)
    }
    #expect(throws: NetworkError.imageTooSmall(height: 0, width: 4, minimum: 1)) {
      try Module(name: "e", encoder: .mlp([4]), channels: 3, height: 0, width: 4, seed: 0)
    }
    #expect(throws: NetworkError.noWidths) {
      try Module(name: "e", encoder: .mlp([]), channels: 3, height: 4, width: 4, seed: 0)
    }
    #expect(throws: NetworkError.width(0, maximum: 65536)) {
      try Module(name: "h", head: Head([.linear(width: 0, bias: true)]), inputWidth: 4, seed: 0)
    }
    #expect(throws: NetworkError.width(.max, maximum: 65536)) {
      try Module(name: "e", encoder: .resnet18(width: .max), channels: 3, height: 8, width: 8, seed: 0)
    }
    #expect(throws: NetworkError.width(.max, maximum: 1 << 24)) {
      try Module(name: "e", encoder: .mlp([4]), channels: 3, height: .max, width: 2, seed: 0)
    }
    #expect(throws: NetworkError.tooManyParameters(module: "h", count: 1 << 30, maximum: 1 << 28)) {
      try Module(name: "h", head: Head([.linear(width: 1 << 15, bias: false)]), inputWidth: 1 << 15, seed: 0)
    }
  }

  @Test func messagesSayWhatIsWrong() {
    #expect(
      NetworkError.imageTooSmall(height: 7, width: 32, minimum: 8).message
        == "images of 7×32 are too small: this encoder halves them three times and needs at least 8×8")
    #expect(NetworkError.width(0, maximum: 65536).message == "a width of 0 is not between 1 and 65536")
  }

  @Test func tanhIsAppliedToItsOwnWeightAfterAStep() throws {
    let h = try Module(name: "h", head: Head([.linear(width: 3, bias: false), .tanhLinear(width: 3)]), inputWidth: 3, seed: 1)
    let before = h.parameters.map { Array($0.buffer.floats) }
    h.afterStep()
    #expect(Array(h.parameters[0].buffer.floats) == before[0])
    #expect(Array(h.parameters[1].buffer.floats) == before[1].map(tanhf))
    #expect(h.lastBias == nil)
  }

  @Test func aSingleBiasStartsAtZeroAndIsTheLastBias() throws {
    let h = try Module(name: "h", head: Head([.l2, .bias]), inputWidth: 3, seed: 1)
    #expect(h.parameters.map(\.name) == ["h/bias1/bias"])
    #expect(h.lastBias.map { Array($0.buffer.floats) } == [0, 0, 0])
    #expect(h.outputWidth == 3)
  }

  @Test func equalInputsAreComputedOnce() throws {
    let h = try Module(name: "h", head: predictor, inputWidth: 16, seed: 0)
    let graph = Graph()
    let x = graph.input(InputSlot(name: "x", shape: [8, 16]))
    #expect(h.apply(to: x, mode: .training).output == h.apply(to: x, mode: .training).output)
  }

  @Test func frozenPassesTheGradientToTheInputOnly() throws {
    let h = try Module(name: "h", head: predictor, inputWidth: 16, seed: 0)
    let graph = Graph()
    let x = graph.input(InputSlot(name: "x", shape: [8, 16]))
    let loss = h.apply(to: x, mode: .training, frozen: true).output.sum()
    let gradients = graph.gradients(of: loss, withRespectTo: [x] + h.parameters.map(graph.variable))
    #expect(gradients[0] != nil)
    #expect(gradients.dropFirst().allSatisfy { $0 == nil })
  }

  @Test func identityIsNoLayerAtAll() throws {
    let module = try Module(name: "projector", head: Head([.identity]), inputWidth: 5, seed: 0)
    let graph = Graph()
    let x = graph.input(InputSlot(name: "x", shape: [2, 5]))
    #expect(module.apply(to: x, mode: .training).output == x)
  }
}
