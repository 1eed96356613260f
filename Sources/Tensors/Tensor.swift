/// A value: an immutable dense row-major float32 array. What `val` keeps and `print` shows.
public struct Tensor: Hashable, Sendable {
  public let shape: Shape
  public let values: [Float]

  public init(shape: Shape, values: [Float]) {
    precondition(shape.count == values.count, "a tensor of \(shape) holds \(shape.count) values, not \(values.count)")
    self.shape = shape
    self.values = values
  }

  public init(_ scalar: Float) { self.init(shape: .scalar, values: [scalar]) }
}
