import Foundation
import Graph
import Kernels
import Tensors
import Testing

@Suite struct CostTests {
  private let graph = Graph()

  private func input(_ shape: Shape) -> Node { graph.input(InputSlot(name: "x", shape: shape)) }
  private func flops(_ node: Node) throws -> Int { try ProgramPlan(outputs: [node]).flops }

  // MARK: Counts

  /// 2·m·n·k, whichever side is transposed.
  @Test func products() throws {
    let (a, b) = (input([30, 20]), input([20, 50]))
    #expect(try flops(a.matmul(b)) == 2 * 30 * 20 * 50)
    #expect(try flops(input([20, 30]).matmul(b, transposingSelf: true)) == 2 * 30 * 20 * 50)
    #expect(try flops(a.matmul(input([50, 20]), transposingOther: true)) == 2 * 30 * 20 * 50)
    #expect(try flops(a.matmul(a, transposingSelf: true)) == 2 * 20 * 20 * 30)
  }

  /// 8 images, 3 → 16 channels, 3×3, stride 2: 16×16 pixels of 27 products each. The derivatives count as much again.
  @Test func convolutions() throws {
    let (x, w) = (input([8, 32, 32, 3]), input([16, 3, 3, 3]))
    let y = x.convolution2D(weight: w, stride: 2, padding: 1)
    let forward = 2 * 8 * 16 * 16 * 16 * 27
    #expect(try flops(y) == forward)
    let seed = input(y.shape)
    let gradients = graph.gradients(of: (y * seed).sum(), withRespectTo: [x, w]).compactMap { $0 }
    #expect(try flops(gradients[0]) == forward && flops(gradients[1]) == forward)
  }

  @Test func entriesAndRows() throws {
    let x = input([40, 25])
    #expect(try flops(x + input([40, 25])) == 1000)
    #expect(try flops(x.relu()) == 1000)
    #expect(try flops(x.exp()) == 8000)
    #expect(try flops(x.sum()) == 1000)
    #expect(try flops(x.normalizedRows()) == 3000)
    #expect(try flops(x.transposed()) == 0 && flops(x.rows(3..<9)) == 0)
    #expect(try flops(input([30, 30]).cholesky()) == 9000)
    #expect(try flops(input([30, 30]).solve(input([30, 4]))) == 18_000 + 2 * 900 * 4)
  }

  @Test func equalOperationsCountOnce() throws {
    let (a, b) = (input([30, 20]), input([20, 50]))
    #expect(try flops(a.matmul(b) + a.matmul(b)) == 2 * 30 * 20 * 50 + 30 * 50)
  }

  // MARK: Plans

  /// 12 GB, planned in a process that could not have them all.
  @Test func aPlanTakesNoMemory() throws {
    let large = graph.normal([40_000, 40_000], stream: RandomStream(seed: 0, name: "large"))
    let before = try residentBytes()
    let program = try Program(outputs: [large.transposed() + large])
    #expect(program.arenaBytes >= 2 * 40_000 * 40_000 * 4)
    #expect(program.plan.costs.map(\.name) == ["normal", "transpose", "add"])
    #expect(try residentBytes() - before < 100 << 20)
  }

  private func residentBytes() throws -> Int {
    let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[1]
    return try #require(Int(pages)) * 4096
  }

  // MARK: Times

  /// Every primitive there is can be asked for its time, by a sample of it or without.
  @Test func everyOperationHasATime() throws {
    let speed = MachineSpeed(pool: .single)
    #expect(speed.figures.flopsPerSecond > 0 && speed.figures.bytesPerSecond > 0)
    for check in GradientTableTests.table {
      let node = check.build(graph, check.inputs.map { input($0.shape) })
      let plan = try ProgramPlan(outputs: [node])
      let seconds = speed.seconds(of: plan)
      #expect(seconds.isFinite && seconds >= 0, "\(check.primitive)")
      #expect(plan.flops >= 0, "\(check.primitive)")
    }
  }

  /// What does not fit any memory is estimated from a small part of it, in a moment.
  @Test func largeWorksAreJudgedBySmallOnes() throws {
    let speed = MachineSpeed(pool: .single)
    func seconds(_ node: Node) throws -> Double { speed.seconds(of: try ProgramPlan(outputs: [node])) }
    func noise(_ shape: Shape) -> Node { graph.normal(shape, stream: RandomStream(seed: 0, name: "\(shape)")) }
    let weight = noise([64, 64, 3, 3])
    let some = try seconds(noise([64, 32, 32, 64]).convolution2D(weight: weight, padding: 1))
    let many = try seconds(noise([8192, 32, 32, 64]).convolution2D(weight: weight, padding: 1))
    // The same sample stands for both; what is not timed by it is in proportion too.
    #expect(abs(many / some - 128) < 13)
    #expect(try seconds(noise([20_000, 20_000]).matmul(noise([20_000, 20_001]))) > 1)
    #expect(try seconds(noise([8_000, 8_000]).eigenvalues()) > 0.1)
  }
}
