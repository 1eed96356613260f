import Graph
import Kernels
import Tensors

extension Graph {
  /// An input that is filled with normal numbers, the same for one name and seed.
  func normalInput(_ name: String, _ shape: Shape, seed: UInt64 = 7) -> Node {
    let slot = InputSlot(name: name, shape: shape)
    for (index, value) in Domain.normal(shape.count, RandomStream(seed: seed, name: name)).enumerated() {
      slot.buffer.floats[index] = Float(value)
    }
    return input(slot)
  }
}
