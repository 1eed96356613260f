import Foundation

/// Arrays of random numbers: pure functions of (stream, step, index), whatever the number of threads.
public enum RandomFilling {
  /// y ← uniform in [0, 1), 24 bits.
  public static func uniform(
    _ y: UnsafeMutablePointer<Float>, count: Int, stream: RandomStream, step: UInt64, pool: ThreadPool
  ) {
    fill(y, count, stream, step, pool) { words in
      SIMD4(RandomStream.unit(words.x), RandomStream.unit(words.y), RandomStream.unit(words.z), RandomStream.unit(words.w))
    }
  }

  /// y ← standard normal, by Box and Muller (1958): √(-2·log u)·(cos 2πv, sin 2πv), two pairs from four words.
  public static func normal(
    _ y: UnsafeMutablePointer<Float>, count: Int, stream: RandomStream, step: UInt64, pool: ThreadPool
  ) {
    fill(y, count, stream, step, pool) { words in
      let first = pair(words.x, words.y)
      let second = pair(words.z, words.w)
      return SIMD4(first.x, first.y, second.x, second.y)
    }
  }

  /// u is taken from (0, 1], so that its logarithm is finite.
  @inline(__always)
  private static func pair(_ a: UInt32, _ b: UInt32) -> SIMD2<Float> {
    let radius = (-2 * log(RandomStream.unit(a) + 0x1p-24)).squareRoot()
    let angle = 2 * Float.pi * RandomStream.unit(b)
    return SIMD2(radius * cos(angle), radius * sin(angle))
  }

  @inline(__always)
  private static func fill(
    _ y: UnsafeMutablePointer<Float>, _ count: Int, _ stream: RandomStream, _ step: UInt64, _ pool: ThreadPool,
    _ draw: (SIMD4<UInt32>) -> SIMD4<Float>
  ) {
    pool.split((count + 3) / 4, minimumPart: 1_024) { _, part in
      for quad in part {
        let numbers = draw(stream.words(at: UInt64(quad), step: step))
        for lane in 0..<min(4, count - quad * 4) { y[quad * 4 + lane] = numbers[lane] }
      }
    }
  }
}
