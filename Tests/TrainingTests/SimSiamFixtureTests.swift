import Foundation
import Graph
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// Twenty steps of SimSiam against PyTorch: `make_simsiam_fixture.py`.
@Suite struct SimSiamFixtureTests {
  private struct Fixture: Decodable {
    let seed: UInt64
    let losses: [Float]
    let statistics: [[Float]]
    let parameterNorms: [Double]
    let evaluation: [Float]
  }

  private let fixture: Fixture
  private let model: SimSiamModel
  private let step: StepProgram
  private var generator: LinearCongruential

  init() throws {
    let data = try Data(contentsOf: Fixtures.url("Fixtures/simsiam.json", beside: #filePath))
    fixture = try JSONDecoder().decode(Fixture.self, from: data)
    model = try SimSiamModel(batch: 32)
    step = try model.step()
    generator = LinearCongruential(seed: fixture.seed)
    for module in [model.encoder, model.projector, model.predictor] { SimSiamFixtureTests.fill(module, &generator) }
  }

  @Test mutating func lossesStatisticsAndWeightsAgree() throws {
    let velocities = step.gradients.map { SGD.velocity(of: $0.variable) }
    let plan = TrainingPlan(
      totalSteps: 20, stepsPerEpoch: 5, batch: 32, baseRate: 0.8, schedule: .cosine(warmupEpochs: 1),
      moduleRates: ["h": .constant])
    var losses: [Float] = []
    for index in 0..<plan.totalSteps {
      fillImages()
      step.program.run(RunContext(step: UInt64(index)))
      losses.append(step.program.scalar(step.loss))
      for (gradient, velocity) in zip(step.gradients, velocities) {
        let module = gradient.variable.name.prefix { $0 != "/" }
        SGD(momentum: 0.9, decay: 1e-3).step(
          gradient.variable, gradient: step.program.pointer(to: gradient.output), velocity: velocity,
          rate: plan.rate(of: String(module), step: index))
      }
    }
    for (found, expected) in zip(losses, fixture.losses) { #expect(abs(found - expected) < 1e-4) }
    let modules = [model.encoder, model.projector, model.predictor]
    for (state, expected) in zip(modules.flatMap(\.states), fixture.statistics) {
      #expect(relativeError(Array(state.buffer.floats), expected) < 1e-3, "\(state.name)")
    }
    for (parameter, expected) in zip(modules.flatMap(\.parameters), fixture.parameterNorms) {
      let norm = parameter.buffer.floats.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      #expect(abs(norm - expected) < 1e-3 * max(1, expected), "\(parameter.name)")
    }
    #expect(relativeError(try evaluation(), fixture.evaluation) < 2e-3)
  }

  private mutating func fillImages() {
    let count = step.images[0].shape.count
    let base = (0..<count).map { _ in generator.next() }
    for slot in step.images {
      for index in 0..<count { slot.buffer.floats[index] = Float(base[index] + 0.5 * generator.next()) }
    }
  }

  /// The projections of the last batch's first four images in evaluation statistics.
  private func evaluation() throws -> [Float] {
    let graph = Graph()
    let features = model.encoder.apply(to: graph.input(step.images[0]), mode: .evaluation).output
    let program = try Program(outputs: [model.projector.apply(to: features, mode: .evaluation).output])
    program.run(RunContext())
    return Array(program.tensor(0).values.prefix(4 * SimSiamModel.dim))
  }

  /// As `fill` in networks.py.
  private static func fill(_ module: Module, _ generator: inout LinearCongruential) {
    var fanIn = 1
    for parameter in module.parameters where !parameter.name.contains("bn") {
      if parameter.shape.rank > 1 { fanIn = parameter.shape.count / parameter.shape[0] }
      let values = generator.floats(parameter.shape.count, bound: 1 / Double(fanIn).squareRoot())
      for (index, value) in values.enumerated() { parameter.buffer.floats[index] = value }
    }
  }
}
