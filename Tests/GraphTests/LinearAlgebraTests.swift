import Graph
import Kernels
import Tensors
import Testing

@Suite struct LinearAlgebraTests {
  private let graph = Graph()

  private func matrix(_ extent: Int, _ values: [Float]) -> Node {
    graph.tensor(Tensor(shape: [extent, extent], values: values), identity: graph.nodes.count)
  }

  @Test func failuresAreNotANumber() throws {
    let indefinite = matrix(2, [1, 2, 2, 1])
    let singular = matrix(2, [1, 2, 2, 4])
    let broken = matrix(2, [.nan, 0, .infinity, 1])
    let found = try results([
      indefinite.cholesky(), singular.solve(indefinite), indefinite.logDeterminant(), singular.logDeterminant(),
      broken.eigenvalues(), broken.eigenvectors(), broken.singularValues(), broken.singularVectors(), broken.cholesky(),
      broken.solve(singular), broken.logDeterminant()
    ])
    #expect(found[3].values == [-.infinity])
    for (place, tensor) in found.enumerated() where place != 3 { #expect(tensor.values.allSatisfy { $0.isNaN }, "\(place)") }
  }

  @Test(arguments: [1, 2, 5, 33, 100]) func decompositionsMultiplyBack(extent: Int) throws {
    let stream = RandomStream(seed: 1, name: "matrix").substream(extent)
    let x = graph.normal([extent, extent + 3], stream: stream)
    let symmetric = x.matmul(x, transposingOther: true) / Double(extent) + 0.1 * graph.identityMatrix(extent)
    let vectors = symmetric.eigenvectors()
    let values = symmetric.eigenvalues()
    let factor = symmetric.cholesky()
    let (left, right) = (x.singularVectors().rows(0..<extent), x.singularVectors().rows(extent..<2 * extent + 3))
    func scaled(_ matrix: Node, _ factors: Node) -> Node { matrix * factors.broadcast(to: matrix.shape, axes: [1]) }
    let pairs: [(Node, Node)] = [
      (scaled(vectors, values).matmul(vectors, transposingOther: true), symmetric),
      (vectors.matmul(vectors, transposingSelf: true), graph.identityMatrix(extent)),
      (factor.matmul(factor, transposingOther: true), symmetric),
      (symmetric.matmul(symmetric.solve(x)), x),
      (scaled(left, x.singularValues()).matmul(right, transposingOther: true), x),
      (symmetric.logDeterminant(), 2 * factor.diagonal().log().sum()),
      (symmetric.logDeterminant(), values.log().sum())
    ]
    let found = try results(pairs.flatMap { [$0.0, $0.1] } + [values])
    for place in stride(from: 0, to: 2 * pairs.count, by: 2) {
      let difference = zip(found[place].values, found[place + 1].values).map { abs($0 - $1) }.max() ?? 0
      #expect(difference < 2e-3, "pair \(place / 2)")
    }
    let spectrum = found[2 * pairs.count].values
    #expect(spectrum == spectrum.sorted(by: >))
  }

  @Test func theSignOfADeterminant() throws {
    let found = try results([
      matrix(2, [0, 1, 1, 0]).logDeterminant(), matrix(3, [0, 1, 0, 0, 0, 1, 1, 0, 0]).logDeterminant(),
      matrix(2, [-2, 0, 0, -3]).logDeterminant()
    ])
    #expect(found[0].values[0].isNaN)
    #expect(found[1].values == [0])
    #expect(abs(found[2].values[0] - 1.7917595) < 1e-6)
  }

  @Test func equalEigenvaluesLeaveGradientsFinite() throws {
    let twice = matrix(3, [2, 0, 0, 0, 2, 0, 0, 0, 1])
    let loss = (twice.eigenvectors() * twice.eigenvectors()).sum() + twice.eigenvalues().log().sum()
    let gradient = try #require(graph.gradients(of: loss, withRespectTo: [twice])[0])
    #expect(try results([gradient])[0].values.allSatisfy { $0.isFinite })
  }
}
