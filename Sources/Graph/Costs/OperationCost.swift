import Tensors

/// What one operation of a program does, by its shapes.
public struct OperationCost {
  /// The primitive's, or `update`.
  public let name: String
  /// See `Primitive.flops`.
  public let flops: Int
  /// Read and written in one run.
  public let bytes: Int
  /// nil for an update.
  let work: Work?

  /// What is done, on what: equal works take equally long.
  struct Work: Hashable {
    let primitive: PrimitiveKey
    let inputs: [Shape]

    init(_ primitive: some Primitive, _ inputs: [Shape]) {
      self.primitive = PrimitiveKey(primitive)
      self.inputs = inputs
    }

    /// The same in every process.
    var text: String { "\(primitive.primitive) of \(inputs)" }
  }

  /// nil for a leaf.
  init?(_ node: Node) {
    guard let primitive = node.primitive else { return nil }
    self.init(primitive, node.inputs.map(\.shape))
  }

  init(_ primitive: some Primitive, _ inputs: [Shape]) {
    name = type(of: primitive).name
    flops = primitive.flops(inputs: inputs)
    bytes = (inputs + [primitive.shape(of: inputs)] + primitive.sideShapes(of: inputs)).reduce(0) { $0 + $1.count } * MemoryLayout<Float>.stride
    work = Work(primitive, inputs)
  }

  init(updating variable: Variable) {
    name = "update"
    flops = 0
    bytes = 2 * variable.shape.count * MemoryLayout<Float>.stride
    work = nil
  }
}
