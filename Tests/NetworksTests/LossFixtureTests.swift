import Graph
import Tensors
import TestSupport
import Testing

/// A.7's InfoNCE and Algorithm 6, built of the graph's vocabulary, against PyTorch.
@Suite struct LossFixtureTests {
  private let slots = ["x", "y", "z"].map { InputSlot(name: $0, shape: [6, 5]) }
  private let fixture: NetworkFixture.Losses

  init() throws {
    fixture = try NetworkFixture.read().losses
    var generator = LinearCongruential(seed: fixture.seed)
    for slot in slots { slot.fill(generator.floats(30)) }
  }

  @Test func infonce() throws {
    let graph = Graph()
    let x = graph.input(slots[0]).normalizedRows()
    let y = graph.input(slots[1]).normalizedRows()
    let logits = x.matmul(y, transposingOther: true) / fixture.tau
    let loss = (logits.logSumExpRows() - logits.diagonal()).mean()
    let gradients = graph.gradients(of: loss, withRespectTo: [x, y]).compactMap { $0 }
    let program = try Program(outputs: [loss] + gradients)
    program.run(RunContext())
    #expect(abs(program.scalar(0) - fixture.infonce) < 1e-6)
    #expect(relativeError(program.tensor(1).values, fixture.infonceGradientX) < 1e-5)
    #expect(relativeError(program.tensor(2).values, fixture.infonceGradientY) < 1e-5)
  }

  @Test func decorrelation() throws {
    let graph = Graph()
    let z = graph.input(slots[2])
    let centered = z - z.mean(axes: [0]).broadcast(to: z.shape, axes: [1])
    let covariance = centered.matmul(centered, transposingSelf: true) / 5
    let offDiagonal = covariance - covariance.diagonal().diagonalMatrix()
    let loss = (offDiagonal * offDiagonal).sum() / 5
    let gradients = graph.gradients(of: loss, withRespectTo: [z]).compactMap { $0 }
    let program = try Program(outputs: [loss] + gradients)
    program.run(RunContext())
    #expect(abs(program.scalar(0) - fixture.decorrelation) < 1e-6)
    #expect(relativeError(program.tensor(1).values, fixture.decorrelationGradient) < 1e-5)
  }
}
