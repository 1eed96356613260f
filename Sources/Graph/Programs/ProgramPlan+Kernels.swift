import Kernels
import Tensors

extension ProgramPlan {
  /// The work of every operation, then of every update, in `memory`.
  func kernels(_ memory: ProgramMemory, _ pool: ThreadPool) -> [Kernel] {
    layout.liveness.operations.compactMap { Self.kernel(of: $0, memory, pool) }
      + updates.map { Self.kernel(updating: $0.variable, with: $0.value, memory) }
  }

  /// nil for a leaf.
  private static func kernel(of node: Node, _ memory: ProgramMemory, _ pool: ThreadPool) -> Kernel? {
    node.primitive?.kernel(
      KernelSite(
        inputs: node.inputs.map { UnsafePointer(memory.pointer(to: $0)) }, inputShapes: node.inputs.map(\.shape),
        output: memory.pointer(to: node), outputShape: node.shape, sideOutputs: memory.sidePointers(of: node), scratch: memory.scratchPointer,
        pool: pool))
  }

  /// `variable` ← `value`.
  private static func kernel(updating variable: Variable, with value: Node, _ memory: ProgramMemory) -> Kernel {
    precondition(variable.shape == value.shape, "\(variable.name) is \(variable.shape), not \(value.shape)")
    let (x, y, count) = (memory.pointer(to: value), variable.buffer.pointer, variable.shape.count)
    return { _ in y.update(from: x, count: count) }
  }
}
