import Tensors

/// Where every value of a program lies: in an arena for what it computes, or among the leaves that are known now. No memory is taken for it yet.
struct ProgramLayout {
  let liveness: Liveness
  /// Floats.
  var arenaCount: Int { plan.count }
  /// Floats.
  private(set) var constantCount = 0
  /// By node id, in floats.
  private(set) var constantOffsets: [Int: Int] = [:]
  private let plan: MemoryPlan
  private let scratch: Int

  /// `nodes` by increasing id; the values of `kept` stay until the next run.
  init(nodes: [Node], kept: [Node], sharesMemory: Bool, limit: Int) throws(ProgramError) {
    for node in nodes where node.isConstant {
      constantOffsets[node.id] = constantCount
      constantCount += MemoryPlan.rounded(node.shape.count)
    }
    try Self.checkSizes(nodes, limit: limit)
    var liveness = Liveness(nodes: nodes, kept: kept, sharesMemory: sharesMemory)
    let scratchCount = liveness.operations.map(\.scratchCount).max() ?? 0
    guard scratchCount <= Int32.max else { throw Self.tooLarge(scratchCount, limit: limit, nodes) }
    scratch = liveness.addScratch(count: scratchCount)
    plan = MemoryPlan(liveness.storages, limit: limit / MemoryLayout<Float>.stride)
    guard plan.count <= limit / MemoryLayout<Float>.stride else { throw Self.tooLarge(plan.count, limit: limit, nodes) }
    guard plan.count + constantCount <= limit / MemoryLayout<Float>.stride else {
      throw Self.tooLarge(plan.count + constantCount, limit: limit, nodes)
    }
    self.liveness = liveness
  }

  /// Where in the arena an operation writes, in floats.
  func arenaOffset(of operation: Node) -> Int { liveness.storage(of: operation).map { plan.offsets[$0] } ?? 0 }

  /// Where it writes its further arrays.
  func sideOffsets(of operation: Node) -> [Int] { liveness.sideStorages(of: operation).map { plan.offsets[$0] } }

  /// In the arena, in floats.
  var scratchOffset: Int { plan.offsets[scratch] }

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
  var isConstant: Bool {
    switch source {
    case .scalar, .tensor: true
    case .variable, .input, .operation: false
    }
  }

  fileprivate var scratchCount: Int { primitive?.scratchCount(inputs: inputs.map(\.shape)) ?? 0 }
}
