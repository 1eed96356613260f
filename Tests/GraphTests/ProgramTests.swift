import Graph
import Kernels
import Tensors
import Testing

@Suite struct ProgramTests {
  @Test(arguments: 0..<40) func sharedMemoryChangesNothing(seed: Int) throws {
    var random = RandomGraph(seed: UInt64(500 + seed), size: 120)
    let outputs = random.outputs()
    #expect(try results(outputs, sharesMemory: true) == results(outputs, sharesMemory: false))
  }

  @Test(arguments: 0..<20) func gradientProgramsShareMemoryToo(seed: Int) throws {
    let random = RandomGraph(seed: UInt64(700 + seed), size: 60)
    let loss = random.matrices[random.matrices.count - 1].mean() + random.scalars[random.scalars.count - 1]
    let gradients = random.graph.gradients(of: loss, withRespectTo: random.matrices).compactMap { $0 }
    let outputs = [loss] + gradients.suffix(6)
    #expect(try results(outputs, sharesMemory: true) == results(outputs, sharesMemory: false))
  }

  @Test func aChainNeedsTwoArrays() throws {
    let graph = Graph()
    let slot = InputSlot(name: "x", shape: [64, 64])
    var node = graph.input(slot)
    for _ in 0..<50 { node = node.matmul(graph.input(slot)).tanh() }
    let bytes = 64 * 64 * 4
    #expect(try Program(outputs: [node], pool: .single).arenaBytes < 3 * bytes)
    #expect(try Program(outputs: [node], pool: .single, sharesMemory: false).arenaBytes >= 100 * bytes)
  }

  @Test func inputsAreReadAtEveryRun() throws {
    let graph = Graph()
    let slot = InputSlot(name: "x", shape: [3])
    let program = try Program(outputs: [graph.input(slot).sum(), graph.input(slot)], pool: .single)
    for run in 1...3 {
      for i in 0..<3 { slot.buffer.floats[i] = Float(run * (i + 1)) }
      program.run()
      #expect(program.scalar(0) == Float(run * 6))
      #expect(program.tensor(1).values == [1, 2, 3].map { Float(run * $0) })
      #expect(program.pointer(to: 1)[2] == Float(run * 3))
    }
  }

  @Test func updatesComeLast() throws {
    let graph = Graph()
    let a = Variable(name: "a", shape: [2], role: .parameter)
    let b = Variable(name: "b", shape: [2], role: .state)
    a.buffer.floats[0] = 1
    b.buffer.floats[1] = 5
    let (nodeA, nodeB) = (graph.variable(a), graph.variable(b))
    let program = try Program(
      outputs: [nodeA, nodeA + nodeB, nodeB.reshaped([1, 2])], updates: [(a, nodeB), (b, nodeA)], pool: .single)
    program.run()
    #expect(program.tensor(0).values == [1, 0] && program.tensor(1).values == [1, 5] && program.tensor(2).values == [0, 5])
    #expect(Array(a.buffer.floats) == [0, 5] && Array(b.buffer.floats) == [1, 0])
    program.run()
    #expect(program.tensor(0).values == [0, 5])
    #expect(Array(a.buffer.floats) == [1, 0])
  }

  @Test func absurdSizesAreErrors() {
    let graph = Graph()
    let stream = RandomStream(seed: 0, name: "absurd")
    func error(_ node: Node, limit: Int = 16 << 30) -> ProgramError? {
      do throws(ProgramError) {
        _ = try Program(outputs: [node], memoryLimit: limit)
        return nil
      } catch { return error }
    }
    let large = graph.normal([300_000, 300_000], stream: stream)
    #expect(
      error(large.exp().sum())
        == .needsTooMuchMemory(bytes: 360_000_000_000, limit: 16 << 30, largest: [300_000, 300_000]))
    #expect(
      error(large)?.description == "this needs at least 335.3 GiB, the limit is 16.0 GiB; its largest array is 300000×300000")
    let endless = graph.uniform([1 << 40, 1 << 40], stream: stream)
    #expect(
      error(endless)?.description
        == "this needs more memory than there are addresses, the limit is 16.0 GiB; its largest array is 1099511627776×1099511627776"
    )
    #expect(error(graph.normal([60_000, 60_000], stream: stream).eigenvalues()) != nil)
    let modest = graph.normal([64, 64], stream: stream)
    #expect(error(modest.matmul(modest), limit: 20_000) != nil)
    #expect(error(modest.matmul(modest), limit: 40_000) == nil)
  }

  @Test func emptyArraysAreHarmless() throws {
    let graph = Graph()
    let x = graph.zeros([0, 3])
    let y = graph.tensor(Tensor(shape: [0, 3], values: []), identity: 0)
    let found = try results([
      y + x, y.sum(), y.sum(axes: [0]), y.maximum(axes: [0]), y.softmaxRows(), y.matmul(y, transposingSelf: true), y.transposed(),
      y.matmul(y, transposingSelf: true).eigenvalues(), graph.zeros([0, 0]).logDeterminant(), graph.concatenate([y, y])
    ])
    #expect(found[1].values == [0] && found[2].values == [0, 0, 0] && found[3].values == [-.infinity, -.infinity, -.infinity])
    #expect(found[5].values == Array(repeating: 0, count: 9))
  }

  @Test func aProfileCountsEveryOperation() throws {
    let graph = Graph()
    let x = graph.normal([32, 32], stream: RandomStream(seed: 0, name: "profile"))
    let program = try Program(outputs: [x.exp() + x.matmul(x)], pool: .single)
    let profile = program.profile()
    #expect(profile.reduce(0) { $0 + $1.calls } == program.operationCount)
    #expect(Set(profile.map(\.primitive)) == ["normal", "exp", "add", "matmul"])
    #expect(profile.first { $0.primitive == "matmul" }?.bytes == 3 * 32 * 32 * 4)
  }

  @Test func threadsChangeNothing() throws {
    let graph = Graph()
    let stream = RandomStream(seed: 0, name: "threads")
    let x = graph.normal([700, 300], stream: stream)
    let y = graph.uniform([700, 300], stream: stream)
    let outputs = [
      x, y, x * y, x.exp(), x - x.mean(axes: [0]).broadcast(to: x.shape, axes: [1]), x.softmaxRows(), x.logSumExpRows(),
      x.normalizedRows(), x.transposed(), x.sum(axes: [1]), x.sum(), x.maximum(axes: [0]),
      y.reshaped([7, 100, 300]).sum(axes: [1]), x.scalingRows(by: y.sum(axes: [1]))
    ]
    #expect(try results(outputs, pool: ThreadPool(threadCount: 3)) == results(outputs, pool: .single))
  }
}
