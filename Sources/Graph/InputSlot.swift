import Tensors

/// What the host fills in before a run: the images of a view, one-hot labels, the permutation behind `Zn`.
public final class InputSlot: @unchecked Sendable {
  public let name: String
  public let shape: Shape
  public let buffer: Buffer

  public init(name: String, shape: Shape) {
    self.name = name
    self.shape = shape
    buffer = Buffer(count: shape.count)
  }
}
