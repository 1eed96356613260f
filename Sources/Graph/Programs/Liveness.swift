import Tensors

/// Which array each operation writes and for how long it is needed.
///
/// Operations run in id order. A reshape lies where its input lies. An operation may take over the array of an input that nothing reads
/// afterwards, where its primitive allows it. Everything else, and what an operation writes beside its result, gets an array of its own,
/// alive from the operation that writes it to the last that reads it; what the caller keeps is alive to the end.
struct Liveness {
  /// One array in the arena: needed from operation `first` to operation `last`, both included.
  struct Storage {
    var first: Int
    var last: Int
    let count: Int
  }

  /// The operations in running order, reshapes and side results left out.
  private(set) var operations: [Node] = []
  private(set) var storages: [Storage] = []
  /// The node whose array a node's value lies in: itself, or what a reshape shows.
  private var origins: [Int: Node] = [:]
  /// The storage of an operation by node id; leaves have none.
  private var storageOfNode: [Int: Int] = [:]
  /// What is read of an operation's further arrays, by its id.
  private var sideResults: [Int: [Node]] = [:]
  private var sideStorages: [Int: [Int]] = [:]

  init(nodes: [Node], kept: [Node], sharesMemory: Bool) {
    for node in nodes {
      origins[node.id] = node.primitive is Reshape ? origin(of: node.inputs[0]) : node
      if node.primitive is SideResult {
        sideResults[node.inputs[0].id, default: []].append(node)
      } else if origins[node.id] == node && node.primitive != nil {
        operations.append(node)
      }
    }
    var lastUse: [Int: Int] = [:]
    for (position, node) in operations.enumerated() {
      lastUse[node.id] = position
      for input in node.inputs { lastUse[origin(of: input).id] = position }
    }
    for node in sharesMemory ? kept : nodes { lastUse[origin(of: node).id] = operations.count }
    for (position, node) in operations.enumerated() { assign(node, position, lastUse, takesOver: sharesMemory) }
  }

  /// An array that any operation may use while it runs.
  mutating func addScratch(count: Int) -> Int {
    storages.append(Storage(first: 0, last: operations.count, count: count))
    return storages.count - 1
  }

  /// The leaf or operation whose array holds `node`'s value.
  func origin(of node: Node) -> Node { origins[node.id] ?? node }

  /// Where an operation writes its further arrays, in their order.
  func sideStorages(of operation: Node) -> [Int] { sideStorages[operation.id] ?? [] }

  /// nil for leaves.
  func storage(of node: Node) -> Int? { storageOfNode[origin(of: node).id] }

  private mutating func assign(_ node: Node, _ position: Int, _ lastUse: [Int: Int], takesOver: Bool) {
    let last = lastUse[node.id] ?? position
    if takesOver, let storage = storageToTakeOver(by: node, at: position) {
      storages[storage].last = last
      storageOfNode[node.id] = storage
    } else {
      storageOfNode[node.id] = storages.count
      storages.append(Storage(first: position, last: last, count: node.shape.count))
    }
    assignSides(of: node, position, lastUse)
  }

  /// Also for what nobody reads: the operation writes it.
  private mutating func assignSides(of node: Node, _ position: Int, _ lastUse: [Int: Int]) {
    guard let shapes = node.primitive?.sideShapes(of: node.inputs.map(\.shape)), !shapes.isEmpty else { return }
    var last = Array(repeating: position, count: shapes.count)
    for result in sideResults[node.id] ?? [] {
      guard let index = (result.primitive as? SideResult)?.index else { continue }
      last[index] = max(last[index], lastUse[result.id] ?? position)
      storageOfNode[result.id] = storages.count + index
    }
    sideStorages[node.id] = Array(storages.count..<(storages.count + shapes.count))
    storages += zip(shapes, last).map { Storage(first: position, last: $1, count: $0.count) }
  }

  /// The storage of a reusable input of equal size that ends here and that no other, not reusable input shares.
  private func storageToTakeOver(by node: Node, at position: Int) -> Int? {
    guard let reusable = node.primitive?.reusableInputs else { return nil }
    let held = Set(node.inputs.indices.filter { !reusable.contains($0) }.compactMap { storage(of: node.inputs[$0]) })
    for index in reusable {
      guard let storage = storage(of: node.inputs[index]), !held.contains(storage) else { continue }
      if storages[storage].last == position && storages[storage].count == node.shape.count { return storage }
    }
    return nil
  }
}
