import Foundation
import Graph
import Kernels
import Tensors
import Testing

@Suite struct RandomnessTests {
  private let graph = Graph()
  private let stream = RandomStream(seed: 3, name: "randn/0")

  @Test func aStepIsAPureFunction() throws {
    let node = graph.normal([5, 7], stream: stream)
    let program = try Program(outputs: [node], pool: .single)
    func draw(_ step: UInt64) -> Tensor {
      program.run(RunContext(step: step))
      return program.tensor(0)
    }
    let first = draw(0)
    #expect(draw(1) != first)
    #expect(draw(0) == first)
    #expect(graph.normal([5, 7], stream: stream) === node)
    #expect(graph.normal([5, 7], stream: stream.substream(1)) !== node)
  }

  @Test func aLongerDrawBeginsLikeAShorterOne() throws {
    let found = try results([graph.normal([10], stream: stream), graph.normal([23], stream: stream)])
    #expect(Array(found[1].values.prefix(10)) == found[0].values)
  }

  @Test func momentsOfTheNormalDistribution() throws {
    let values = try results([graph.normal([200_000], stream: stream)])[0].values.map(Double.init)
    func moment(_ order: Double) -> Double { values.reduce(0) { $0 + pow($1, order) } / Double(values.count) }
    // Five standard errors each: √(variance of xᵏ / n).
    #expect(abs(moment(1)) < 5 * (1 / 200_000.0).squareRoot())
    #expect(abs(moment(2) - 1) < 5 * (2 / 200_000.0).squareRoot())
    #expect(abs(moment(3)) < 5 * (15 / 200_000.0).squareRoot())
    #expect(abs(moment(4) - 3) < 5 * (96 / 200_000.0).squareRoot())
    let neighbours = zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / Double(values.count)
    #expect(abs(neighbours) < 5 * (1 / 200_000.0).squareRoot())
  }

  @Test func momentsOfTheUniformDistribution() throws {
    let values = try results([graph.uniform([200_000], stream: stream)])[0].values.map(Double.init)
    #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
    let mean = values.reduce(0, +) / Double(values.count)
    #expect(abs(mean - 0.5) < 5 * (1.0 / 12 / 200_000).squareRoot())
    let square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    #expect(abs(square - 1.0 / 3) < 5 * (4.0 / 45 / 200_000).squareRoot())
  }
}
