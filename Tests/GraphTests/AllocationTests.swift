import AllocationCounter
import Graph
import Kernels
import Tensors
import Testing

@Suite struct AllocationTests {
  @Test func theCounterCounts() {
    var arrays: [[Float]] = []
    let some = allocations { arrays = (0..<10).map { Array(repeating: Float($0), count: 100) } }
    let none = allocations {}
    #expect(some >= 10 && none == 0)
    #expect(arrays.count == 10)
  }

  /// Every kind of kernel there is, and a real gradient, many times.
  @Test func runningAllocatesNothing() throws {
    let graph = Graph()
    let variable = Variable(name: "w", shape: [16, 16], role: .parameter)
    let slot = InputSlot(name: "x", shape: [40, 16])
    let (x, w) = (graph.input(slot), graph.variable(variable))
    let noise = graph.normal([40, 16], stream: RandomStream(seed: 0, name: "noise"))
    let z = (x.matmul(w) + noise).tanh().normalizedRows()
    let logits = z.matmul(z, transposingOther: true)
    let loss = (logits.logSumExpRows() - logits.diagonal()).mean() + logits.softmaxRows().entropyTerms().mean()
    let gradient = try #require(graph.gradients(of: loss, withRespectTo: [w])[0])
    let checks = GradientTableTests.table.filter { !["eigenvalues", "eigenvectors"].contains($0.primitive) }
    let others = checks.map { check in
      check.build(graph, check.inputs.map { graph.input(InputSlot(name: "other", shape: $0.shape)) })
    }
    // Channels that register tiles and Winograd's take, and their gradients.
    let (images, kernel) = (graph.input(InputSlot(name: "i", shape: [2, 8, 8, 16])), graph.input(InputSlot(name: "k", shape: [32, 16, 3, 3])))
    let convolved = (images.convolution2D(weight: kernel, padding: 1).sum() + images.convolution2D(weight: kernel, stride: 2, padding: 1).sum())
      .tanh()
    let convolutions = graph.gradients(of: convolved, withRespectTo: [images, kernel]).compactMap { $0 }
    let program = try Program(outputs: [loss] + others + convolutions, updates: [(variable, w - 0.1 * gradient)], pool: .single)
    program.run()
    let count = allocations { for step in 0..<100 { program.run(RunContext(step: UInt64(step))) } }
    #expect(count == 0)
  }

  private func allocations(during body: () -> Void) -> Int {
    allocation_counter_start()
    body()
    return allocation_counter_stop()
  }
}
