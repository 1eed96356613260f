import Kernels

/// A zeroed, aligned array that kernels can point into, and the comparison of two. Never freed: what points into it need not keep
/// it alive.
struct Floats {
  let count: Int
  let pointer: UnsafeMutablePointer<Float>

  init(count: Int) {
    self.count = count
    let bytes = max(1, count) * MemoryLayout<Float>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    pointer = raw.bindMemory(to: Float.self, capacity: max(1, count))
    pointer.initialize(repeating: 0, count: max(1, count))
  }

  /// Uniform in [-1, 1), the same for one name.
  init(random count: Int, _ name: String, mean: Float = 0) {
    self.init(count: count)
    var reader = RandomStream(seed: 1, name: name).reader()
    for index in 0..<count { pointer[index] = mean + reader.uniform(-1, 1) }
  }

  var values: [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  func hasBits(of other: Floats) -> Bool { zip(values, other.values).allSatisfy { $0.bitPattern == $1.bitPattern } }

  subscript(index: Int) -> Float { pointer[index] }

  /// The largest |difference| to `expected`, as a share of the largest |expected|.
  func deviation(from expected: [Double]) -> Double {
    let scale = expected.map(abs).max() ?? 0
    let difference = zip(values, expected).map { abs(Double($0) - $1) }.max() ?? 0
    return scale == 0 ? difference : difference / scale
  }
}

extension RandomStream {
  func reader() -> Reader { Reader(self) }
}

/// Pools of one, two and three threads, whatever the machine has.
let pools = [ThreadPool(threadCount: 1), ThreadPool(threadCount: 2), ThreadPool(threadCount: 3)]
