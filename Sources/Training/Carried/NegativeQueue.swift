import Graph
import Kernels
import Tensors

/// `queue 4096`: `Q`, the latest keys of earlier steps as negatives (MoCo, He et al. 2020). The rows of a step enter after it and push out the
/// oldest. It begins with random unit rows, as MoCo's does.
public final class NegativeQueue: CarriedState {
  /// K.
  public let size: Int
  /// D.
  public let dim: Int
  /// [K, D].
  public let rows: Variable
  /// [1]: the row that the next key is written to.
  private let next: Variable

  public init(size: Int, dim: Int, seed: UInt64) {
    self.size = size
    self.dim = dim
    rows = Variable(name: "queue/rows", shape: [size, dim], role: .state)
    next = Variable(name: "queue/next", shape: [1], role: .state)
    RandomFilling.normal(
      rows.buffer.pointer, count: size * dim, stream: RandomStream(seed: seed, name: "queue"), step: 0, pool: .shared)
    for row in 0..<size {
      let values = UnsafeMutableBufferPointer(start: rows.buffer.pointer + row * dim, count: dim)
      let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for column in 0..<dim where length > 0 { values[column] /= length }
    }
  }

  public var variables: [Variable] { [rows, next] }

  /// `output`: the step's keys, [M, D].
  public func advance(images: UnsafeBufferPointer<Int32>, output: UnsafePointer<Float>?) {
    guard let output else { return }
    // A place out of range can only have come from a damaged checkpoint.
    let first = next.buffer.pointer[0]
    var place = first >= 0 && first < Float(size) ? Int(first) : 0
    for row in 0..<images.count {
      (rows.buffer.pointer + place * dim).update(from: output + row * dim, count: dim)
      place = (place + 1) % size
    }
    next.buffer.pointer[0] = Float(place)
  }
}
