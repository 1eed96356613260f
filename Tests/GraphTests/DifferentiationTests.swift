import Graph
import Kernels
import Tensors
import Testing

@Suite struct DifferentiationTests {
  private let graph = Graph()

  private func leaf(_ shape: Shape, _ values: [Float], _ identity: Int = 0) -> Node {
    graph.tensor(Tensor(shape: shape, values: values), identity: identity)
  }

  @Test func theExampleOfTheLanguagePage() throws {
    let a = leaf([2, 2], [3, 4, 1, 0])
    let target = leaf([2, 2], [1, 0, 0, 1], 1)
    let loss = ((-a) * target.stopGradient()).sum(axes: [1]).mean()
    let gradients = graph.gradients(of: loss, withRespectTo: [a, target])
    #expect(try results([#require(gradients[0])])[0].values.map { $0 + 0 } == [-0.5, 0, 0, -0.5])
    #expect(gradients[1] == nil)
  }

  @Test func anyNodeIsATarget() throws {
    let x = leaf([], [3])
    let square = x * x
    let loss = square * square + 2 * x
    let gradients = graph.gradients(of: loss, withRespectTo: [x, square, loss]).compactMap { $0 }
    #expect(try results(gradients).map(\.values) == [[4 * 27 + 2], [18], [1]])
  }

  @Test func nilWhereNoPathLeads() {
    let (x, y) = (leaf([], [3]), leaf([], [2], 1))
    let later = x.exp()
    let loss = x.stopGradient() * y
    #expect(graph.gradients(of: loss, withRespectTo: [x, y, later]).map { $0 == nil } == [true, false, true])
    #expect(graph.gradients(of: x.sign() * y.less(x), withRespectTo: [x, y]).allSatisfy { $0 == nil })
    #expect(graph.gradients(of: loss, withRespectTo: []).isEmpty)
  }

  @Test func aStoppedNodeCanItselfBeATarget() throws {
    let x = leaf([], [3])
    let stopped = x.stopGradient()
    let gradients = graph.gradients(of: stopped * stopped, withRespectTo: [stopped, x])
    #expect(try results([#require(gradients[0])])[0].values == [6])
    #expect(gradients[1] == nil)
  }

  @Test func derivativesOfAnyOrder() throws {
    let x = leaf([], [2])
    var value = x.power(graph.scalar(4))
    for expected: Float in [32, 48, 48, 24] {
      value = try #require(graph.gradients(of: value, withRespectTo: [x])[0])
      #expect(try results([value])[0].values == [expected])
    }
  }

  @Test func zeroRowsHaveFiniteGradients() throws {
    let x = leaf([2, 2], [0, 0, 3, 4])
    let norms = try #require(graph.gradients(of: x.rowNorms().sum(), withRespectTo: [x])[0])
    #expect(try results([norms])[0].values == [0, 0, 0.6, 0.8])
    let unit = try #require(graph.gradients(of: (x.normalizedRows() * x).sum(), withRespectTo: [x])[0])
    #expect(try results([unit])[0].values.allSatisfy { $0.isFinite })
    let power = try #require(graph.gradients(of: x.power(graph.scalar(0)).sum(), withRespectTo: [x])[0])
    #expect(try results([power])[0].values == [0, 0, 0, 0])
    let logits = leaf([1, 2], [0, -200], 1)
    let entropy = logits.softmaxRows().entropyTerms().sum()
    let gradient = try #require(graph.gradients(of: entropy, withRespectTo: [logits])[0])
    #expect(try results([gradient])[0].values.allSatisfy { $0.isFinite })
  }

  @Test func equalExtremesShareTheGradient() throws {
    let x = leaf([3], [2, 2, 1])
    let largest = try #require(graph.gradients(of: x.maximum(axes: [0]), withRespectTo: [x])[0])
    #expect(try results([largest])[0].values == [0.5, 0.5, 0])
    let clipped = try #require(graph.gradients(of: x.maximum(graph.scalar(2)).sum(), withRespectTo: [x])[0])
    #expect(try results([clipped])[0].values == [0.5, 0.5, 0])
  }

  @Test func whichVariablesReachANode() {
    let names = ["encoder", "h", "unused"]
    let variables = names.map { Variable(name: $0, shape: [2], role: .parameter) }
    let nodes = variables.map(graph.variable)
    let loss = (nodes[0] * nodes[1].stopGradient() + nodes[0].stopGradient()).sum()
    #expect(graph.variablesReaching(loss, throughStopGradients: true).map(\.name) == ["encoder", "h"])
    #expect(graph.variablesReaching(loss, throughStopGradients: false).map(\.name) == ["encoder"])
    #expect(loss.ancestors.map(\.id) == loss.ancestors.map(\.id).sorted())
    #expect(loss.ancestors.last === loss && !loss.ancestors.contains(nodes[2]))
  }

  @Test func longGraphsNeedNoDeepStack() throws {
    var kept: Node?
    do {
      let graph = Graph()
      let x = graph.tensor(Tensor(0.5), identity: 0)
      var node = x
      for _ in 0..<20_000 { node = (node + x).tanh() }
      let gradient = try #require(graph.gradients(of: node, withRespectTo: [x])[0])
      #expect(try results([node, gradient])[0].values[0].isFinite)
      kept = node
    }
    // The last to hold the chain lets go of it.
    kept = nil
    #expect(kept == nil)
  }

  @Test func nodesPrintShortly() {
    let x = leaf([2, 3], [1, 2, 3, 4, 5, 6], 7)
    #expect(x.description == "#0 = tensor 7 : 2×3")
    #expect((x * 2).sum().description == "#3 = sum(#2) : scalar")
    #expect(graph.nodes.map(\.description)[1...2] == ["#1 = 2.0 : scalar", "#2 = multiply(#0, #1) : 2×3"])
  }
}
