import Kernels
import Tensors

/// One step of a program.
struct ProgramOperation {
  let name: String
  /// Read and written in one run.
  let bytes: Int
  let kernel: Kernel

  /// nil for a leaf.
  init?(_ node: Node, _ memory: ProgramMemory, _ pool: ThreadPool) {
    guard let primitive = node.primitive else { return nil }
    name = type(of: primitive).name
    bytes = (node.inputs + [node]).reduce(0) { $0 + $1.shape.count } * MemoryLayout<Float>.stride
    kernel = primitive.kernel(
      KernelSite(
        inputs: node.inputs.map { UnsafePointer(memory.pointer(to: $0)) }, inputShapes: node.inputs.map(\.shape),
        output: memory.pointer(to: node), outputShape: node.shape, scratch: memory.scratchPointer, pool: pool))
  }

  /// `variable` ← `value`.
  init(updating variable: Variable, with value: Node, _ memory: ProgramMemory) {
    precondition(variable.shape == value.shape, "\(variable.name) is \(variable.shape), not \(value.shape)")
    let (x, y, count) = (memory.pointer(to: value), variable.buffer.pointer, variable.shape.count)
    name = "update"
    bytes = 2 * count * MemoryLayout<Float>.stride
    kernel = { _ in y.update(from: x, count: count) }
  }
}
