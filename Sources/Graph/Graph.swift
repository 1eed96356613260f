import Tensors

/// A symbolic graph under construction: an arena of hash-consed nodes.
public final class Graph: @unchecked Sendable {
  public private(set) var nodes: [Node] = []
  private var operations: [OperationKey: Node] = [:]
  private var leaves: [LeafKey: Node] = [:]

  public init() {}

  public func scalar(_ value: Double) -> Node { leaf(.scalar(value.bitPattern), .scalar(value), .scalar) }
  /// A constant array. `identity` tells it from others (see `Node.Source.tensor`).
  public func tensor(_ value: Tensor, identity: Int) -> Node {
    leaf(.tensor(identity), .tensor(value, identity: identity), value.shape)
  }
  public func variable(_ variable: Variable) -> Node {
    leaf(.variable(ObjectIdentifier(variable)), .variable(variable), variable.shape)
  }
  public func input(_ slot: InputSlot) -> Node { leaf(.input(ObjectIdentifier(slot)), .input(slot), slot.shape) }

  /// The node of `primitive` on `inputs`: the one that is there already, or a new one.
  public func apply(_ primitive: some Primitive, _ inputs: [Node]) -> Node {
    let key = OperationKey(primitive: PrimitiveKey(primitive), inputs: inputs.map(\.id))
    if let known = operations[key] { return known }
    let node = append(.operation(primitive, inputs: inputs), primitive.shape(of: inputs.map(\.shape)))
    operations[key] = node
    return node
  }

  private func leaf(_ key: LeafKey, _ source: Node.Source, _ shape: Shape) -> Node {
    if let known = leaves[key] { return known }
    let node = append(source, shape)
    leaves[key] = node
    return node
  }

  private func append(_ source: Node.Source, _ shape: Shape) -> Node {
    let node = Node(id: nodes.count, source: source, shape: shape, graph: self)
    nodes.append(node)
    return node
  }

  private struct OperationKey: Hashable {
    let primitive: PrimitiveKey
    let inputs: [Int]
  }

  private enum LeafKey: Hashable {
    case scalar(UInt64)
    case tensor(Int)
    case variable(ObjectIdentifier)
    case input(ObjectIdentifier)
  }
}
