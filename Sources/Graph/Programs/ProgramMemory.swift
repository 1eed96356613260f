import Tensors

/// The memory of one program: an arena for what it computes, the leaves that are known now laid out once, and where every value lies.
struct ProgramMemory {
  let liveness: Liveness
  let arena: Buffer
  private let constants: Buffer
  private let plan: MemoryPlan
  private let scratch: Int
  private var constantOffsets: [Int: Int] = [:]

  /// `nodes` by increasing id; the values of `kept` stay until the next run.
  init(nodes: [Node], kept: [Node], sharesMemory: Bool, limit: Int) throws(ProgramError) {
    try Self.checkSizes(nodes, limit: limit)
    var liveness = Liveness(nodes: nodes, kept: kept, sharesMemory: sharesMemory)
    let scratchCount = liveness.operations.map(\.scratchCount).max() ?? 0
    guard scratchCount <= Int32.max else { throw Self.tooLarge(scratchCount, limit: limit, nodes) }
    scratch = liveness.addScratch(count: scratchCount)
    plan = MemoryPlan(liveness.storages, limit: limit / MemoryLayout<Float>.stride)
    guard plan.count <= limit / MemoryLayout<Float>.stride else { throw Self.tooLarge(plan.count, limit: limit, nodes) }
    self.liveness = liveness
    arena = Buffer(count: plan.count)
    var count = 0
    for node in nodes where node.isConstant {
      constantOffsets[node.id] = count
      count += MemoryPlan.rounded(node.shape.count)
    }
    constants = Buffer(count: count)
    for node in nodes where node.isConstant { fill(node) }
  }

  /// Where the value of `node` is while it is alive.
  func pointer(to node: Node) -> UnsafeMutablePointer<Float> {
    let origin = liveness.origin(of: node)
    switch origin.source {
    case .variable(let variable): return variable.buffer.pointer
    case .input(let slot): return slot.buffer.pointer
    case .scalar, .tensor: return constants.pointer + (constantOffsets[origin.id] ?? 0)
    case .operation: return arena.pointer + (liveness.storage(of: origin).map { plan.offsets[$0] } ?? 0)
    }
  }

  var scratchPointer: UnsafeMutablePointer<Float> { arena.pointer + plan.offsets[scratch] }

  private func fill(_ node: Node) {
    let target = pointer(to: node)
    switch node.source {
    case .scalar(let value): target[0] = Float(value)
    case .tensor(let tensor, _): target.update(from: tensor.values, count: tensor.values.count)
    case .variable, .input, .operation: break
    }
  }

  /// One array alone may be too large to add up; LAPACK and BLAS count in 32 bits.
  private static func checkSizes(_ nodes: [Node], limit: Int) throws(ProgramError) {
    let count = largestShape(nodes).count
    guard count <= min(limit / MemoryLayout<Float>.stride, Int(Int32.max)) else { throw tooLarge(count, limit: limit, nodes) }
  }

  private static func tooLarge(_ count: Int, limit: Int, _ nodes: [Node]) -> ProgramError {
    let (bytes, overflows) = count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    return .needsTooMuchMemory(bytes: overflows ? .max : bytes, limit: limit, largest: largestShape(nodes))
  }

  private static func largestShape(_ nodes: [Node]) -> Shape {
    nodes.map(\.shape).max { $0.count < $1.count } ?? .scalar
  }
}

extension Node {
  fileprivate var isConstant: Bool {
    switch source {
    case .scalar, .tensor: true
    case .variable, .input, .operation: false
    }
  }

  fileprivate var scratchCount: Int { primitive?.scratchCount(inputs: inputs.map(\.shape)) ?? 0 }
}
