import Graph
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct RunningUpdatesTests {
  private let module: Module
  private let graph = Graph()
  private let first = InputSlot(name: "first", shape: [4, 2])
  private let second = InputSlot(name: "second", shape: [4, 2])

  init() throws {
    module = try Module(name: "m", head: Head([.batchNorm(affine: false)]), inputWidth: 2, seed: 0)
    first.fill([1, 10, 2, 20, 3, 30, 6, 40])
    second.fill([0, 0, 0, 0, 4, 4, 4, 4])
  }

  /// Means 3 and 25, unbiased variances 14/3 and 500/3.
  private let firstMoments: (mean: [Float], variance: [Float]) = ([3, 25], [14.0 / 3, 500.0 / 3])
  private let secondMoments: (mean: [Float], variance: [Float]) = ([2, 2], [16.0 / 3, 16.0 / 3])

  private func run(_ updates: [(Variable, Node)]) throws {
    try Program(outputs: [], updates: updates).run(RunContext())
  }

  private func expectRunning(mean: [Float], variance: [Float]) {
    #expect(relativeError(Array(module.states[0].buffer.floats), mean) < 1e-6)
    #expect(relativeError(Array(module.states[1].buffer.floats), variance) < 1e-6)
  }

  @Test func theUnbiasedVarianceEnters() throws {
    try run(runningUpdates(module.apply(to: graph.input(first), mode: .training).statistics))
    expectRunning(mean: firstMoments.mean.map { 0.1 * $0 }, variance: firstMoments.variance.map { 0.9 + 0.1 * $0 })
  }

  @Test func twoViewsEnterOneAfterTheOther() throws {
    let statistics = [first, second].flatMap { module.apply(to: graph.input($0), mode: .training).statistics }
    let updates = runningUpdates(statistics)
    #expect(updates.map(\.0.name) == ["m/bn1/running_mean", "m/bn1/running_var"])
    try run(updates)
    expectRunning(
      mean: zip(firstMoments.mean, secondMoments.mean).map { 0.09 * $0 + 0.1 * $1 },
      variance: zip(firstMoments.variance, secondMoments.variance).map { 0.9 * (0.9 + 0.1 * $0) + 0.1 * $1 })
  }

  @Test func equalMomentsCountOnce() throws {
    let x = graph.input(first)
    let statistics =
      module.apply(to: x, mode: .training).statistics + module.apply(to: x, mode: .training).statistics
      + module.apply(to: x.stopGradient(), mode: .training, frozen: true).statistics
    #expect(statistics.count == 3)
    try run(runningUpdates(statistics))
    expectRunning(mean: firstMoments.mean.map { 0.1 * $0 }, variance: firstMoments.variance.map { 0.9 + 0.1 * $0 })
  }

  @Test func nothingAppliedIsNothingUpdated() {
    #expect(runningUpdates([]).isEmpty)
    #expect(runningUpdates(module.apply(to: graph.input(first), mode: .evaluation).statistics).isEmpty)
  }
}
