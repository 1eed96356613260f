import Graph
import Testing

@Suite struct GradientTableTests {
  static let table: [GradientCheck] =
    GradientCheck.elementwise + GradientCheck.arrangement + GradientCheck.rows + GradientCheck.linearAlgebra
    + GradientCheck.network + GradientCheck.random

  @Test(arguments: table) func derivativeAgreesWithDifferences(_ check: GradientCheck) throws {
    let outcome = try check.measure()
    #expect(outcome.primitives.contains(check.primitive))
    #expect(outcome.hasGradient == !check.passesNoGradient)
    guard !check.passesNoGradient else { return }
    expectNear(outcome.first, check.tolerance)
    expectNear(outcome.second, check.tolerance)
  }

  @Test func everyPrimitiveHasARow() {
    let rows = Set(Self.table.map(\.primitive))
    #expect(AllPrimitives.names.filter { !rows.contains($0) } == [])
    #expect(rows.subtracting(AllPrimitives.names) == [])
    #expect(Set(AllPrimitives.names).count == AllPrimitives.names.count)
  }

  private func expectNear(_ pair: (analytic: Double, measured: Double), _ tolerance: Double) {
    let scale = max(1, abs(pair.analytic), abs(pair.measured))
    #expect(abs(pair.analytic - pair.measured) <= tolerance * scale, "\(pair)")
  }
}
