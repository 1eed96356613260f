import Foundation
import Graph
import Kernels
import Tensors
import TestSupport
import Testing

/// Values and gradients against PyTorch's in float64 (`Fixtures/make_values.py`).
@Suite struct ReferenceTests {
  struct Formula: Sendable, CustomStringConvertible {
    let description: String
    let build: @Sendable (Graph, [Node]) -> Node

    init(_ name: String, _ build: @escaping @Sendable (Graph, [Node]) -> Node) {
      description = name
      self.build = build
    }
  }

  static let formulas: [Formula] = [
    Formula("softmaxRows") { $1[0].softmaxRows() },
    Formula("softmaxRows of large numbers") { $1[0].softmaxRows() },
    Formula("logSumExpRows") { $1[0].logSumExpRows() },
    Formula("logSumExpRows of large numbers") { $1[0].logSumExpRows() },
    Formula("normalizedRows") { $1[0].normalizedRows() },
    Formula("rowNorms") { $1[0].rowNorms() },
    Formula("entropy of softmax") { $1[0].softmaxRows().entropyTerms().sum(axes: [1]) },
    Formula("eigenvalues") { $1[0].eigenvalues() },
    Formula("eigenvectors") { $1[0].eigenvectors() },
    Formula("singularValues") { $1[0].singularValues() },
    Formula("singularValues of a wide matrix") { $1[0].singularValues() },
    Formula("cholesky") { $1[0].cholesky() },
    Formula("solve") { $1[0].solve($1[1]) },
    Formula("solve for a vector") { $1[0].solve($1[1]) },
    Formula("logDeterminant") { $1[0].logDeterminant() },
    Formula("whitening") { whitened($1[0]) },
    Formula("effective rank") { effectiveRank($1[0]) },
    Formula("infonce") { contrastive($1[0], $1[1]) },
    Formula("decorrelation") { decorrelation($1[0]) },
    Formula("mean over axes") { $1[0].mean(axes: [0, 2]) },
    Formula("maximum over an axis") { $1[0].maximum(axes: [1]) },
    Formula("power") { $1[0].absolute().power($1[1]) },
    Formula("product of transposes") { $1[0].matmul($1[1], transposingSelf: true, transposingOther: true) },
    Formula("gatherRows") { graph, x in
      x[0].gatherRows(index: graph.tensor(Tensor(shape: [4], values: [3, 1, 1, 0]), identity: -1))
    }
  ]

  @Test(arguments: formulas) func agreesWithPyTorch(_ formula: Formula) throws {
    let reference = try #require(try Reference.all()[formula.description])
    let graph = Graph()
    let inputs = reference.inputs.enumerated().map { graph.tensor($1.tensor, identity: $0) }
    let output = formula.build(graph, inputs)
    let loss = (output * graph.tensor(reference.weights.tensor, identity: 100)).sum()
    let gradients = graph.gradients(of: loss, withRespectTo: inputs).compactMap { $0 }
    let program = try Program(outputs: [output] + gradients, pool: .single)
    program.run()
    expectNear(program.tensor(0), reference.output)
    #expect(gradients.count == reference.gradients.count)
    for (place, gradient) in reference.gradients.enumerated() { expectNear(program.tensor(1 + place), gradient) }
  }

  @Test func everyReferenceIsUsed() throws {
    #expect(Set(try Reference.all().keys) == Set(Self.formulas.map(\.description)))
  }

  /// To 1e-4 of the array's largest entry.
  private func expectNear(_ found: Tensor, _ reference: Reference.Array) {
    #expect(found.shape.extents == reference.shape)
    let scale = max(1e-3, reference.values.map(abs).max() ?? 0)
    let difference = zip(found.values, reference.values).map { abs(Double($0) - $1) }.max() ?? 0
    #expect(difference <= 1e-4 * scale, "off by \(difference) of \(scale)")
  }
}

private struct Reference: Decodable {
  struct Array: Decodable {
    let shape: [Int]
    let values: [Double]
    var tensor: Tensor { Tensor(shape: Shape(shape), values: values.map { Float($0) }) }
  }

  struct File: Decodable { let cases: [String: Reference] }

  let inputs: [Array]
  let output: Array
  let weights: Array
  let gradients: [Array]

  static func all() throws -> [String: Reference] {
    let url = Fixtures.url("Fixtures/values.json", beside: #filePath)
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
  }
}

private func centered(_ x: Node) -> Node { x.addingRow(-x.mean(axes: [0])) }

private func covariance(_ x: Node) -> Node {
  centered(x).matmul(centered(x), transposingSelf: true) / Double(x.shape[0] - 1)
}

private func whitened(_ x: Node) -> Node {
  let covariance = covariance(x)
  let scales = 1 / (covariance.eigenvalues() + 1e-3).sqrt()
  let vectors = covariance.eigenvectors()
  let scaled = vectors * scales.broadcast(to: vectors.shape, axes: [1])
  return centered(x).matmul(scaled).matmul(vectors, transposingOther: true)
}

private func effectiveRank(_ x: Node) -> Node {
  let values = x.singularValues()
  return (values / values.sum()).entropyTerms().sum().exp()
}

private func contrastive(_ x: Node, _ y: Node) -> Node {
  let logits = x.normalizedRows().matmul(y.normalizedRows(), transposingOther: true) / 0.2
  return (logits.logSumExpRows() - logits.diagonal()).mean()
}

private func decorrelation(_ x: Node) -> Node {
  let covariance = covariance(x)
  let rest = covariance - covariance.diagonal().diagonalMatrix()
  return (rest * rest).sum() / Double(x.shape[1])
}
