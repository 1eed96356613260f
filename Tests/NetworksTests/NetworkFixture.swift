import Foundation
import Graph
import Networks
import TestSupport

/// What `make_networks_fixture.py` wrote.
struct NetworkFixture: Decodable {
  struct Case: Decodable {
    let name: String
    let seed: UInt64
    let input: [Int]
    let output: [Float]
    let evaluation: [Float]
    let inputGradient: [Float]
    let gradientSums: [Double]
    let gradientSquares: [Double]
    let statistics: [[Float]]
  }

  struct Losses: Decodable {
    let seed: UInt64
    let tau: Double
    let infonce: Float
    let infonceGradientX: [Float]
    let infonceGradientY: [Float]
    let decorrelation: Float
    let decorrelationGradient: [Float]
  }

  let networks: [Case]
  let losses: Losses

  static func read() throws -> NetworkFixture {
    let data = try Data(contentsOf: Fixtures.url("Fixtures/networks.json", beside: #filePath))
    return try JSONDecoder().decode(NetworkFixture.self, from: data)
  }
}

extension Module {
  /// Weights and biases of convolutions and linear layers as `fill` in networks.py makes them; batch norms keep 1 and 0.
  func fill(from generator: inout LinearCongruential) {
    var fanIn = 1
    for parameter in parameters where !parameter.name.contains("bn") {
      if parameter.shape.rank > 1 { fanIn = parameter.shape.count / parameter.shape[0] }
      let values = generator.floats(parameter.shape.count, bound: 1 / Double(fanIn).squareRoot())
      for (index, value) in values.enumerated() { parameter.buffer.floats[index] = value }
    }
  }
}

extension InputSlot {
  func fill(_ values: [Float]) {
    for (index, value) in values.enumerated() { buffer.floats[index] = value }
  }
}
