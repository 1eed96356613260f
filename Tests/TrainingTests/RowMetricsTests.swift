import Graph
import Tensors
import Testing
import Training

/// The built-in metrics against their formulas, written out in double precision.
@Suite struct RowMetricsTests {
  private static let few: [[Double]] = [
    [1, 2, 2], [2, 1, -2], [3, 0, 4], [-1, 0.5, 1], [2, 2, 1], [1, -2, 2], [0.5, 0, 1], [4, 3, 0]
  ]
  /// Longer than there are rows, by so much that the smaller of the two products is taken.
  private static let long: [[Double]] = (0..<8).map { (row: Int) -> [Double] in
    (0..<20).map { (column: Int) -> Double in Double((row * 7 + column * column * 3) % 11) - 4 }
  }

  private func metrics(_ rows: [[Double]]) throws -> [String: Double] {
    let graph = Graph()
    let views = [rows.prefix(4), rows.suffix(4)].enumerated().map { index, half in
      graph.tensor(Tensor(shape: [4, rows[0].count], values: half.flatMap { $0.map(Float.init) }), identity: index)
    }
    let nodes = RowMetrics.nodes(views[0], views[1], suffix: "_p")
    let program = try Program(outputs: nodes.map(\.node))
    program.run(RunContext())
    let pairs = nodes.enumerated().map { ($1.name, Double(program.scalar($0))) }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  @Test(arguments: [few, long])
  func formulas(numbers: [[Double]]) throws {
    let rows = numbers.map { row in row.map { $0 / row.reduce(0) { $0 + $1 * $1 }.squareRoot() } }
    let found = try metrics(rows)
    let dimensions = rows[0].indices
    let columns = dimensions.map { column in rows.map { $0[column] } }
    let center = columns.map { $0.reduce(0, +) / 8 }
    func covariance(_ i: Int, _ j: Int) -> Double {
      zip(columns[i], columns[j]).reduce(0) { $0 + ($1.0 - center[i]) * ($1.1 - center[j]) } / 7
    }
    let lengths = rows.map { row in zip(row, center).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
    let offDiagonal = dimensions.flatMap { i in dimensions.filter { $0 != i }.map { covariance(i, $0) } }
    let expected = [
      "std_p": dimensions.map { covariance($0, $0).squareRoot() }.reduce(0, +) / Double(dimensions.count),
      "mo_p": center.reduce(0) { $0 + $1 * $1 }.squareRoot(),
      "mr_p": (lengths.reduce(0, +) / 8).squareRoot(),
      "mr_mean_p": lengths.map { $0.squareRoot() }.reduce(0, +) / 8,
      "cov_p": offDiagonal.reduce(0) { $0 + $1 * $1 } / Double(dimensions.count)
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
