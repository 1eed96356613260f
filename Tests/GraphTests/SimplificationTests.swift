import Graph
import Kernels
import Tensors
import Testing

@Suite struct SimplificationTests {
  @Test(arguments: 0..<60) func valuesStay(seed: Int) throws {
    var random = RandomGraph(seed: UInt64(seed), size: 60)
    let outputs = random.outputs()
    let expected = try Interpreter.values(of: outputs)
    for (found, expected) in zip(try results(outputs), expected) {
      let scale = max(1, expected.values.map(abs).max() ?? 0)
      let difference = zip(found.values, expected.values).map { abs($0 - $1) }.max() ?? 0
      #expect(found.shape == expected.shape)
      #expect(difference <= 2e-5 * scale)
    }
  }

  @Test(arguments: 0..<20) func gradientsStay(seed: Int) throws {
    let random = RandomGraph(seed: UInt64(1_000 + seed), size: 40)
    let last = random.scalars[random.scalars.count - 1]
    let loss = last + random.matrices[random.matrices.count - 1].mean() + random.vectors[random.vectors.count - 1].mean()
    let gradients = random.graph.gradients(of: loss, withRespectTo: Array(random.matrices[0..<3])).compactMap { $0 }
    for (found, expected) in zip(try results(gradients), try Interpreter.values(of: gradients)) {
      let difference = zip(found.values, expected.values).map { abs($0 - $1) }.max() ?? 0
      #expect(difference <= 5e-5 * max(1, expected.values.map(abs).max() ?? 0))
    }
  }

  struct Rule: Sendable, CustomStringConvertible {
    let description: String
    let operations: Int
    let build: @Sendable (_ graph: Graph, _ x: Node, _ y: Node) -> Node
  }

  static let rules: [Rule] = [
    Rule(description: "stop-gradient", operations: 0) { _, x, _ in x.stopGradient() },
    Rule(description: "x + 0, x * 1, x - 0, x / 1, x ^ 1", operations: 0) { g, x, _ in
      (((0 + x) * 1 - 0) / 1).power(g.scalar(1))
    },
    Rule(description: "zeros and ones written out", operations: 0) { g, x, _ in (x + g.zeros(x.shape)) * g.ones(x.shape) },
    Rule(description: "constants", operations: 0) { g, _, _ in ((g.scalar(2) + 3) * 4).exp().maximum(g.scalar(1)) },
    Rule(description: "double negation", operations: 0) { _, x, _ in -(-x) },
    Rule(description: "double transpose", operations: 0) { _, x, _ in x.transposed().transposed() },
    Rule(description: "reshape there and back", operations: 0) { _, x, _ in x.reshaped([12]).reshaped([3, 4]) },
    Rule(description: "whole slice, one part", operations: 0) { g, x, _ in g.concatenate([x.rows(0..<3).columns(0..<4)]) },
    Rule(description: "transposed factors", operations: 1) { _, x, y in
      x.transposed().matmul(y.transposed(), transposingOther: true)
    },
    Rule(description: "chain of factors", operations: 1) { _, x, _ in -(2 * x * 3 / 4) * 5 },
    Rule(description: "plus a negative", operations: 1) { _, x, y in x + (-y) },
    Rule(description: "minus a negative", operations: 1) { _, x, y in x - (-y) },
    Rule(description: "negated difference", operations: 1) { _, x, y in -(x - y) },
    Rule(description: "a repeated scalar is read as a scalar", operations: 1) { g, x, _ in x + g.filled(x.shape, with: 2.5) },
    Rule(description: "a repeated row is read as a row", operations: 3) { _, x, _ in
      x - x.mean(axes: [0]).broadcast(to: x.shape, axes: [1]) / 1 + 0
    },
    Rule(description: "one order of operands", operations: 2) { _, x, y in (x + y) * (y + x) },
    Rule(description: "sum of what was repeated", operations: 0) { g, _, _ in g.filled([3, 4], with: 2).sum(axes: [0]).sum() },
    Rule(description: "x * 0 stays: x may be infinite", operations: 1) { _, x, _ in x * 0 },
    Rule(description: "x - x stays", operations: 1) { _, x, _ in x - x }
  ]

  @Test(arguments: rules) func isAsSmallAsItShouldBe(_ rule: Rule) throws {
    let graph = Graph()
    let x = graph.tensor(Tensor(shape: [3, 4], values: (0..<12).map { Float($0) - 3 }), identity: 0)
    let y = graph.tensor(Tensor(shape: [3, 4], values: (0..<12).map { 5 - Float($0) / 2 }), identity: 1)
    let node = rule.build(graph, x, y)
    #expect(
      try Program(outputs: [node]).operationCount == rule.operations)
    let (found, expected) = (try results([node])[0], try Interpreter.values(of: [node])[0])
    #expect(zip(found.values, expected.values).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) })
  }

  @Test func whatIsNotFiniteStaysSo() throws {
    let graph = Graph()
    let x = graph.tensor(Tensor(shape: [4], values: [.infinity, -.infinity, .nan, 1]), identity: 0)
    let found = try results([x * 0, x - x, x + 0, (x * 2) * 3])
    #expect(found[0].values.map(\.isNaN) == [true, true, true, false])
    #expect(found[1].values.map(\.isNaN) == [true, true, true, false])
    #expect(found[2].values[0] == .infinity && found[2].values[2].isNaN)
    #expect(found[3].values[1] == -.infinity)
  }

  @Test func constantsAreFoldedInDoublePrecision() throws {
    let graph = Graph()
    let tiny = graph.scalar(1e-30)
    #expect(try results([tiny * tiny / tiny / tiny])[0].values == [1])
  }

  @Test func equalMomentsAreOneWithoutStopGradients() {
    let graph = Graph()
    let x = graph.tensor(Tensor(shape: [2], values: [1, 2]), identity: 0)
    let (a, b) = (x.exp().sum(), x.stopGradient().exp().stopGradient().sum())
    #expect(a !== b)
    let plain = graph.withoutStopGradients([a, b])
    #expect(plain[0] === a && plain[1] === a)
  }
}
