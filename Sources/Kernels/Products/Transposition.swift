/// The transposition of 16 × 16 floats by four rounds of perfect shuffles.
///
/// A round makes of vectors i and i + 8 the vectors 2i and 2i + 1, in which their floats take turns; four of them turn rows into
/// columns. Each is 16 loads and stores in the first cache. With it instead of a loop over single floats, the weight gradient of
/// 16 → 32 channels at 32×32 takes 0.62 of the time, that of 64 channels 0.77.
enum Transposition {
  /// Floats of working space.
  static let scratchCount = 512

  /// `target(i)` ← column i of the rows at `source`, `stride` floats apart.
  @inline(__always)
  static func run(
    _ source: UnsafePointer<Float>, stride: Int, scratch: UnsafeMutablePointer<Float>,
    to target: (Int) -> UnsafeMutablePointer<Float>
  ) {
    let other = scratch + 256
    round(from: { source + $0 * stride }, to: { scratch + 16 * $0 })
    round(from: { UnsafePointer(scratch + 16 * $0) }, to: { other + 16 * $0 })
    round(from: { UnsafePointer(other + 16 * $0) }, to: { scratch + 16 * $0 })
    round(from: { UnsafePointer(scratch + 16 * $0) }, to: target)
  }

  @inline(__always)
  private static func round(from source: (Int) -> UnsafePointer<Float>, to target: (Int) -> UnsafeMutablePointer<Float>) {
    for index in 0..<8 {
      let (a, b) = (source(index).load(SIMD16<Float>.self), source(index + 8).load(SIMD16<Float>.self))
      var (low, high) = (SIMD16<Float>(), SIMD16<Float>())
      low.evenHalf = a.lowHalf
      low.oddHalf = b.lowHalf
      high.evenHalf = a.highHalf
      high.oddHalf = b.highHalf
      target(2 * index).store(low)
      target(2 * index + 1).store(high)
    }
  }
}
