import Graph
import Kernels
import Tensors
import Testing

/// What a profile knows of a program's operations, and which of them an output alone needs.
@Suite struct ProgramProfileTests {
  private let graph = Graph()

  private func names(_ plan: ProgramPlan, notNeededFor outputs: [Int]) -> [String] {
    let costs = plan.costs
    return plan.operations(notNeededFor: outputs).map { costs[$0].name }
  }

  /// The loss is Σx², a metric Σexp(x²): x² is the loss's, though the metric reads it too.
  @Test func whatAnOutputAloneNeeds() throws {
    let x = graph.input(InputSlot(name: "x", shape: [30, 20]))
    let square = x * x
    let plan = try ProgramPlan(outputs: [square.sum(), square.exp().sum(), x.reshaped([20, 30]).transposed()])
    #expect(names(plan, notNeededFor: [0]).sorted() == ["exp", "sum", "transpose"])
    #expect(names(plan, notNeededFor: [0, 2]).sorted() == ["exp", "sum"])
    #expect(names(plan, notNeededFor: [0, 1]) == ["transpose"])
    #expect(names(plan, notNeededFor: [0, 1, 2]).isEmpty)
    #expect(names(plan, notNeededFor: []).count == plan.costs.count)
  }

  @Test func updatesAreNeeded() throws {
    let state = Variable(name: "state", shape: [4], role: .state)
    let x = graph.variable(state)
    let plan = try ProgramPlan(outputs: [x.sum(), x.exp()], updates: [(state, x.sqrt())])
    #expect(names(plan, notNeededFor: [0]) == ["exp"])
    #expect(plan.costs.last?.name == "update")
  }

  @Test func aProfileRunsTheProgram() throws {
    let x = graph.normal([32, 32], stream: RandomStream(seed: 0, name: "profile"))
    let outputs = [x.exp().matmul(x) + x.matmul(x.exp())]
    let profile = ProgramProfile(of: try Program(outputs: outputs, pool: .single))
    let plain = try Program(outputs: outputs, pool: .single)
    for step in 0..<3 {
      profile.run(RunContext(step: UInt64(step)))
      plain.run(RunContext(step: UInt64(step)))
      #expect(profile.program.tensor(0).values == plain.tensor(0).values)
    }
    #expect(profile.runCount == 3)
    let products = try #require(profile.rows.first { $0.primitive == "matmul" })
    #expect(products.calls == 2 && products.flops == 4 * 32 * 32 * 32 && products.bytes == 6 * 32 * 32 * 4)
    let all = profile.seconds(of: profile.program.plan.costs.indices)
    #expect(abs(all - profile.rows.reduce(0) { $0 + $1.seconds }) < 1e-9)
    profile.clear()
    #expect(profile.runCount == 0 && profile.seconds(of: [0]) == 0)
  }
}
