import Graph
import Tensors
import Testing
import Training

/// The built-in metrics against their formulas, written out in double precision.
@Suite struct RowMetricsTests {
  private let dim = 3
  private let rows: [[Double]] = [[1, 2, 2], [2, 1, -2], [3, 0, 4], [-1, 0.5, 1], [2, 2, 1], [1, -2, 2], [0.5, 0, 1], [4, 3, 0]]
    .map {
      row in
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return row.map { $0 / length }
    }

  private func metrics() throws -> [String: Double] {
    let graph = Graph()
    let views = [rows.prefix(4), rows.suffix(4)].enumerated().map { index, half in
      graph.tensor(Tensor(shape: [4, dim], values: half.flatMap { $0.map(Float.init) }), identity: index)
    }
    let nodes = RowMetrics.nodes(views[0], views[1], suffix: "_p")
    let program = try Program(outputs: nodes.map(\.node))
    program.run(RunContext())
    let pairs = nodes.enumerated().map { ($1.name, Double(program.scalar($0))) }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  @Test func formulas() throws {
    let found = try metrics()
    let columns = (0..<dim).map { column in rows.map { $0[column] } }
    let center = columns.map { $0.reduce(0, +) / 8 }
    func covariance(_ i: Int, _ j: Int) -> Double {
      zip(columns[i], columns[j]).reduce(0) { $0 + ($1.0 - center[i]) * ($1.1 - center[j]) } / 7
    }
    let lengths = rows.map { row in zip(row, center).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
    let expected = [
      "std_p": (0..<dim).map { covariance($0, $0).squareRoot() }.reduce(0, +) / 3,
      "mo_p": center.reduce(0) { $0 + $1 * $1 }.squareRoot(),
      "mr_p": (lengths.reduce(0, +) / 8).squareRoot(),
      "mr_mean_p": lengths.map { $0.squareRoot() }.reduce(0, +) / 8,
      "cov_p": 2 * [covariance(0, 1), covariance(0, 2), covariance(1, 2)].map { $0 * $0 }.reduce(0, +) / 3
    ]
    #expect(Set(found.keys) == Set(expected.keys))
    for (name, value) in expected { #expect(abs((found[name] ?? .nan) - value) < 1e-6, "\(name)") }
  }

  @Test(
    arguments: [
      ([1.0, 1, 1, 1], 4.0), ([5, 0, 0], 1), ([0, 0], 0), ([2, 1, 1], 2.8284271247461903)
    ] as [([Double], Double)])
  func effectiveRankOfSingularValues(values: [Double], expected: Double) {
    #expect(abs(EffectiveRank.value(singularValues: values) - expected) < 1e-12)
  }

  @Test func effectiveRankOfAMatrix() throws {
    let rank = try EffectiveRank(rows: 4, columns: 3)
    #expect(abs(rank.value(of: [2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0] as [Float]) - 2) < 1e-5)
    #expect(abs(rank.value(of: [Float](repeating: 0.3, count: 12)) - 1) < 1e-3)
    #expect(rank.value(of: [Float](repeating: .nan, count: 12)).isNaN)
  }
}
