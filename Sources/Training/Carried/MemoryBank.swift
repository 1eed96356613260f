import Graph
import Tensors

/// `memory 0.8`: for every training image a moving average of its unit projections (the explicit expectation over augmentations of Table 1;
/// Chen & He 2021, "moving average").
///
/// A step on image i with unit projections Za, Zb leaves m_i ← μ·m_i + (1-μ)·½(Za + Zb); the first one leaves ½(Za + Zb).
public final class MemoryBank: CarriedState {
  /// μ.
  public var momentum: Double
  /// N: the images of the training split.
  public let imageCount: Int
  /// D.
  public let dim: Int
  /// [N, D], zeros where an image was not yet seen.
  private let rows: Variable
  /// [N]: 1 for images seen.
  private let seen: Variable
  private var slots: [Slots] = []

  /// What a program reads of the bank for the images at hand.
  public struct Slots {
    /// [M, D].
    public let rows: InputSlot
    /// [M].
    public let seen: InputSlot
  }

  public init(imageCount: Int, dim: Int, momentum: Double) {
    self.momentum = momentum
    self.imageCount = imageCount
    self.dim = dim
    rows = Variable(name: "memory/rows", shape: [imageCount, dim], role: .state)
    seen = Variable(name: "memory/seen", shape: [imageCount], role: .state)
  }

  public var variables: [Variable] { [rows, seen] }

  /// The slots for `count` images: one pair for each count, so that whoever fills it fills it for every program of that batch.
  public func slots(for count: Int) -> Slots {
    if let known = slots.first(where: { $0.rows.shape[0] == count }) { return known }
    let made = Slots(rows: InputSlot(name: "memory", shape: [count, dim]), seen: InputSlot(name: "memory seen", shape: [count]))
    slots.append(made)
    return made
  }

  public func prepare(images: UnsafeBufferPointer<Int32>) {
    let slots = slots(for: images.count)
    for (row, image) in images.enumerated() {
      (slots.rows.buffer.pointer + row * dim).update(from: rows.buffer.pointer + Int(image) * dim, count: dim)
      slots.seen.buffer.pointer[row] = seen.buffer.pointer[Int(image)]
    }
  }

  /// Fills the slots for the images 0 ..< N in their order.
  public func prepareAllImages() {
    let numbers = (0..<Int32(imageCount)).map { $0 }
    numbers.withUnsafeBufferPointer(prepare)
  }

  /// `output`: the images' new rows, [M, D].
  public func advance(images: UnsafeBufferPointer<Int32>, output: UnsafePointer<Float>?) {
    guard let output else { return }
    for (row, image) in images.enumerated() {
      (rows.buffer.pointer + Int(image) * dim).update(from: output + row * dim, count: dim)
      seen.buffer.pointer[Int(image)] = 1
    }
  }
}
