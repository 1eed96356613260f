import Kernels
import Tensors

/// A graph compiled to run many times: simplified, ordered, with its memory planned once.
///
/// The memory itself is taken, and the kernels are set to it, at the first run or the first look at a result.
public final class Program {
  /// No arena may be larger, in bytes: 16 GiB, or what there is room for.
  public static var memoryLimit: Int { min(16 << 30, MemoryRoom.bytes) }

  public let plan: ProgramPlan
  private let pool: ThreadPool
  private var resident: Resident?

  /// What is there once the memory has been taken.
  private struct Resident {
    let memory: ProgramMemory
    let results: [Result]
    let kernels: [Kernel]
  }

  private struct Result {
    let pointer: UnsafePointer<Float>
    let shape: Shape
  }

  public init(_ plan: ProgramPlan, pool: ThreadPool = .shared) {
    self.plan = plan
    self.pool = pool
  }

  /// See `ProgramPlan.init`.
  public convenience init(
    outputs: [Node], updates: [(Variable, Node)] = [], pool: ThreadPool = .shared, sharesMemory: Bool = true,
    memoryLimit: Int = Program.memoryLimit
  ) throws(ProgramError) {
    self.init(try ProgramPlan(outputs: outputs, updates: updates, sharesMemory: sharesMemory, memoryLimit: memoryLimit), pool: pool)
  }

  /// Computes all outputs, then writes the updates. Only the first run allocates.
  public func run(_ context: RunContext = RunContext()) {
    for kernel in loaded().kernels { kernel(context) }
  }

  /// Puts others in the place of constant arrays, by their identity (see `Graph.tensor`), for the runs to come.
  /// - Precondition: an array has the shape of the one that it replaces.
  public func replace(_ arrays: [Int: Tensor]) {
    let memory = loaded().memory
    for node in plan.nodes {
      guard case .tensor(_, let identity) = node.source, let tensor = arrays[identity] else { continue }
      precondition(tensor.shape == node.shape)
      memory.pointer(to: node).update(from: tensor.values, count: tensor.values.count)
    }
  }

  /// The values of output number `output`, row by row: valid until the next run, while the program lives.
  public func pointer(to output: Int) -> UnsafePointer<Float> { loaded().results[output].pointer }

  public func tensor(_ output: Int) -> Tensor {
    let result = loaded().results[output]
    return Tensor(shape: result.shape, values: Array(UnsafeBufferPointer(start: result.pointer, count: result.shape.count)))
  }

  /// The first value of an output: a scalar's only one.
  public func scalar(_ output: Int) -> Float { loaded().results[output].pointer[0] }

  /// Of working memory, leaves not counted.
  public var arenaBytes: Int { plan.arenaBytes }
  public var operationCount: Int { plan.layout.liveness.operations.count + plan.updates.count }

  /// One for each of the plan's costs, in that order.
  var kernels: [Kernel] { loaded().kernels }

  private func loaded() -> Resident {
    if let resident { return resident }
    let memory = ProgramMemory(plan.layout, plan.nodes)
    let results = plan.roots.map { Result(pointer: UnsafePointer(memory.pointer(to: $0)), shape: $0.shape) }
    let made = Resident(memory: memory, results: results, kernels: plan.kernels(memory, pool))
    resident = made
    return made
  }
}
