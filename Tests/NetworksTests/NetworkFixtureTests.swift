import Graph
import Networks
import Tensors
import TestSupport
import Testing

/// Outputs, gradients and running statistics against PyTorch.
@Suite struct NetworkFixtureTests {
  @Test(arguments: ["convnet", "resnet18", "projector", "predictor"])
  func agreesWithPyTorch(name: String) throws {
    let fixture = try #require(try NetworkFixture.read().networks.first { $0.name == name })
    let module = try NetworkFixtureTests.module(name)
    var generator = LinearCongruential(seed: fixture.seed)
    module.fill(from: &generator)

    let slot = InputSlot(name: "x", shape: Shape(fixture.input))
    slot.fill(generator.floats(slot.shape.count))
    let graph = Graph()
    let x = graph.input(slot)
    let application = module.apply(to: x, mode: .training)
    let weights = Tensor(shape: application.output.shape, values: generator.floats(application.output.shape.count))
    let loss = (application.output * graph.tensor(weights, identity: 0)).sum()
    let gradients = graph.gradients(of: loss, withRespectTo: [x] + module.parameters.map(graph.variable))
    let program = try Program(
      outputs: [application.output] + gradients.compactMap { $0 }, updates: runningUpdates(application.statistics))
    program.run(RunContext())

    #expect(gradients.allSatisfy { $0 != nil })
    try #require(module.parameters.count == fixture.gradientSums.count && module.states.count == fixture.statistics.count)
    #expect(relativeError(program.tensor(0).values, fixture.output) < 1e-5)
    #expect(relativeError(program.tensor(1).values, fixture.inputGradient) < 2e-5)
    for (index, parameter) in module.parameters.enumerated() {
      let values = program.tensor(index + 2).values.map(Double.init)
      let squares = values.reduce(0) { $0 + $1 * $1 }
      // A bias right before batch norm has gradient 0 but for rounding, so errors are measured against the whole gradient's scale.
      let scale = max(1e-3, fixture.gradientSquares[index])
      #expect(abs(squares - fixture.gradientSquares[index]) < 1e-4 * scale, "\(parameter.name)")
      let sumScale = (scale * Double(values.count)).squareRoot()
      #expect(abs(values.reduce(0, +) - fixture.gradientSums[index]) < 1e-4 * sumScale, "\(parameter.name)")
    }
    for (state, expected) in zip(module.states, fixture.statistics) {
      #expect(relativeError(Array(state.buffer.floats), expected) < 1e-5, "\(state.name)")
    }
    #expect(relativeError(try NetworkFixtureTests.evaluation(of: module, slot), fixture.evaluation) < 1e-5)
  }

  private static func module(_ name: String) throws -> Module {
    switch name {
    case "convnet": try Module(name: name, encoder: .convnet(width: 4), channels: 3, height: 9, width: 11, seed: 0)
    case "resnet18": try Module(name: name, encoder: .resnet18(width: 2), channels: 3, height: 9, width: 8, seed: 0)
    case "projector":
      try Module(
        name: name,
        head: Head([
          .linear(width: 8, bias: true), .batchNorm(affine: true), .relu, .linear(width: 8, bias: true), .batchNorm(affine: true),
          .relu, .linear(width: 8, bias: true), .batchNorm(affine: true)
        ]), inputWidth: 12, seed: 0)
    default:
      try Module(
        name: name,
        head: Head([.linear(width: 4, bias: true), .batchNorm(affine: true), .relu, .linear(width: 16, bias: true)]),
        inputWidth: 16, seed: 0)
    }
  }

  private static func evaluation(of module: Module, _ slot: InputSlot) throws -> [Float] {
    let graph = Graph()
    let application = module.apply(to: graph.input(slot), mode: .evaluation)
    #expect(application.statistics.isEmpty)
    let program = try Program(outputs: [application.output])
    program.run(RunContext())
    return program.tensor(0).values
  }
}
