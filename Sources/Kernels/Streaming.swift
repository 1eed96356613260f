import CProcessor

/// Stores past the caches, of results that would be driven out of them before anything reads them. An ordinary store fetches the line
/// that it overwrites, which for such a result is a third of the traffic with memory: a step of `quick` takes 0.96 of the time with it.
enum Streaming {
  /// Whether it pays for an array of `count` floats at `array`, of which whole lines are written: from 8 MiB on.
  static func suits(_ array: UnsafePointer<Float>, count: Int) -> Bool { count >= 1 << 21 && UInt(bitPattern: array) % 64 == 0 }

  /// `place` is aligned to a line.
  @inline(__always)
  static func store(_ lanes: Lanes, to place: UnsafeMutablePointer<Float>) { siam_stream(place, lanes) }

  /// A thread that has streamed calls this before others read.
  @inline(__always)
  static func end() { siam_stream_end() }
}

/// Vectors of floats that can be written past the caches, or are too short for it, and added to sums in double precision.
protocol StreamableVector: SIMD, BitwiseCopyable where Scalar == Float {
  /// `place` is aligned to the vector.
  func stream(to place: UnsafeMutablePointer<Float>)
  func add(to sums: UnsafeMutablePointer<Double>)
}

extension SIMD16<Float>: StreamableVector {
  @inline(__always)
  func stream(to place: UnsafeMutablePointer<Float>) { Streaming.store(self, to: place) }
  @inline(__always)
  func add(to sums: UnsafeMutablePointer<Double>) { siam_add_line(sums, self) }
}

extension SIMD8<Float>: StreamableVector {
  @inline(__always)
  func stream(to place: UnsafeMutablePointer<Float>) { place.store(self) }
  @inline(__always)
  func add(to sums: UnsafeMutablePointer<Double>) {
    for lane in 0..<8 { sums[lane] += Double(self[lane]) }
  }
}
