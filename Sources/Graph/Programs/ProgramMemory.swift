import Tensors

/// The memory of one program: its arena, and the leaves that are known now, laid out once.
struct ProgramMemory {
  private let layout: ProgramLayout
  private let arena: Buffer
  private let constants: Buffer

  init(_ layout: ProgramLayout, _ nodes: [Node]) {
    self.layout = layout
    arena = Buffer(count: layout.arenaCount)
    constants = Buffer(count: layout.constantCount)
    for node in nodes where node.isConstant { fill(node) }
  }

  /// Where the value of `node` is while it is alive.
  func pointer(to node: Node) -> UnsafeMutablePointer<Float> {
    let origin = layout.liveness.origin(of: node)
    switch origin.source {
    case .variable(let variable): return variable.buffer.pointer
    case .input(let slot): return slot.buffer.pointer
    case .scalar, .tensor: return constants.pointer + (layout.constantOffsets[origin.id] ?? 0)
    case .operation: return arena.pointer + layout.arenaOffset(of: origin)
    }
  }

  /// Where `operation` writes its further arrays.
  func sidePointers(of operation: Node) -> [UnsafeMutablePointer<Float>] { layout.sideOffsets(of: operation).map { arena.pointer + $0 } }

  var scratchPointer: UnsafeMutablePointer<Float> { arena.pointer + layout.scratchOffset }

  private func fill(_ node: Node) {
    let target = pointer(to: node)
    switch node.source {
    case .scalar(let value): target[0] = Float(value)
    case .tensor(let tensor, _): target.update(from: tensor.values, count: tensor.values.count)
    case .variable, .input, .operation: break
    }
  }
}
