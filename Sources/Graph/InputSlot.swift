import Tensors

/// What the host fills in before a run: the images of a view, one-hot labels, the permutation behind `Zn`.
public final class InputSlot: @unchecked Sendable {
  public let name: String
  public let shape: Shape
  /// Made when a program or who fills it first asks, which is on one thread: most graphs are built only to see what a formula means.
  public private(set) lazy var buffer = Buffer(count: shape.count)

  public init(name: String, shape: Shape) {
    self.name = name
    self.shape = shape
  }
}
