import Graph
import Kernels

extension InputSlot {
  /// Fills the slot behind `Zn` with row numbers: a permutation in which no row meets itself, a function of (seed, step), the same for a
  /// step that is trained and one that is only looked at.
  public func fillNegatives(seed: UInt64, step: Int) {
    let order = RandomStream(seed: seed, name: "Zn").derangement(shape.count, step: UInt64(step))
    for (row, other) in order.enumerated() { buffer.pointer[row] = Float(other) }
  }
}
