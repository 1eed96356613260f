import Kernels
import Tensors

extension MachineSpeed {
  /// Floating-point operations a second of a large product (2048³) over all threads of `pool`: the best that a step could reach if it were
  /// nothing else. By the wall clock, and the best of several, which together take a second at most.
  public static func largeProduct(on pool: ThreadPool = .shared) -> Double {
    let side = 2048
    let memory = Buffer(count: 3 * side * side)
    memory.floats.update(repeating: 1)
    let product = MatrixProduct(rows: side, columns: side, depth: side)
    let pointer = memory.pointer
    let clock = ContinuousClock()
    var (shortest, sum) = (Double.infinity, 0.0)
    // The first brings OpenBLAS's own memory.
    for run in 0..<8 where run < 3 || sum < longest {
      let seconds = clock.measure { product.run(pointer, pointer + side * side, into: pointer + 2 * side * side, on: pool) } / .seconds(1)
      shortest = min(shortest, seconds)
      sum += seconds
    }
    return 2 * Double(side * side * side) / shortest
  }

  /// In seconds.
  private static let longest = 0.8
}
