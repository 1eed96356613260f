import Kernels
import Tensors

/// A graph compiled to run many times: simplified, ordered, with its memory planned once.
public final class Program {
  /// No arena may be larger, in bytes: 16 GiB.
  public static let memoryLimit = 16 << 30

  private let memory: ProgramMemory
  /// The owners of the buffers that kernels point into: variables, inputs, constants.
  private let leaves: [Node.Source]
  private let results: [Result]
  private let kernels: [Kernel]
  let operations: [ProgramOperation]

  private struct Result {
    let pointer: UnsafePointer<Float>
    let shape: Shape
  }

  /// `outputs` can be read after a run. `updates` are written to their variables after everything else has been computed.
  ///
  /// Simplification (stop-gradients left out, equal operations joined, constants folded) happens inside. `sharesMemory: false` gives every
  /// value an array of its own, to check the plan against.
  ///
  /// - Throws: `ProgramError.needsTooMuchMemory` when the arena would be larger than `memoryLimit` bytes.
  public init(
    outputs: [Node], updates: [(Variable, Node)] = [], pool: ThreadPool = .shared, sharesMemory: Bool = true,
    memoryLimit: Int = Program.memoryLimit
  ) throws(ProgramError) {
    let graph = Graph()
    let simplified = graph.simplified(outputs + updates.map { $0.1 })
    let roots = graph.settingAside(simplified, before: updates.map { $0.0 })
    let nodes = graph.reachable(from: roots)
    let memory = try ProgramMemory(nodes: nodes, kept: roots, sharesMemory: sharesMemory, limit: memoryLimit)
    let updateValues = zip(updates, roots.dropFirst(outputs.count))
    self.memory = memory
    operations =
      memory.liveness.operations.compactMap { ProgramOperation($0, memory, pool) }
      + updateValues.map { ProgramOperation(updating: $0.0, with: $1, memory) }
    kernels = operations.map(\.kernel)
    results = zip(outputs, roots).map { Result(pointer: UnsafePointer(memory.pointer(to: $1)), shape: $0.shape) }
    leaves = nodes.filter { $0.primitive == nil }.map(\.source) + updates.map { .variable($0.0) }
  }

  /// Computes all outputs, then writes the updates. Does not allocate.
  public func run(_ context: RunContext = RunContext()) {
    for kernel in kernels { kernel(context) }
  }

  /// The values of output number `output`, row by row: valid until the next run, while the program lives.
  public func pointer(to output: Int) -> UnsafePointer<Float> { results[output].pointer }

  public func tensor(_ output: Int) -> Tensor {
    let result = results[output]
    return Tensor(shape: result.shape, values: Array(UnsafeBufferPointer(start: result.pointer, count: result.shape.count)))
  }

  /// The first value of an output: a scalar's only one.
  public func scalar(_ output: Int) -> Float { results[output].pointer[0] }

  /// Of working memory, leaves not counted.
  public var arenaBytes: Int { memory.arena.count * MemoryLayout<Float>.stride }
  public var operationCount: Int { operations.count }
}

extension Graph {
  /// `roots`, those that lie in a variable of `updated` copied: an update would otherwise be seen by another one, or by an output.
  fileprivate func settingAside(_ roots: [Node], before updated: [Variable]) -> [Node] {
    let updated = Set(updated.map(ObjectIdentifier.init))
    return roots.map { root in
      var origin = root
      while origin.primitive is Reshape { origin = origin.inputs[0] }
      if case .variable(let variable) = origin.source, updated.contains(ObjectIdentifier(variable)) { return root.stopGradient() }
      return root
    }
  }
}
