import Foundation

/// Element-wise loops over float32 arrays. `y` may be `x` itself (or one of a binary loop's operands), never a shifted overlap.
///
/// The arithmetic ones go sixteen lanes at a time with explicit vectors: a lane block is loaded whole before it is stored, so working in
/// place is safe and stays fast, where a plain loop would fall back to scalars at its run-time overlap check.
public enum Elementwise {
  /// y[i] ← f(x[i]).
  public typealias UnaryLoop =
    @Sendable (
      _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
    ) -> Void

  typealias Lanes = SIMD16<Float>

  /// Fewer elements than this are not worth a second thread.
  static let minimumPart = 32_768

  /// `loop` over `count` elements, split over `pool`.
  public static func run(
    _ loop: UnaryLoop, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, count: Int, pool: ThreadPool
  ) {
    pool.split(count, minimumPart: minimumPart) { _, part in
      loop(x + part.lowerBound, y + part.lowerBound, part.count)
    }
  }

  @inline(__always)
  static func load(_ pointer: UnsafePointer<Float>) -> Lanes {
    UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  static func store(_ lanes: Lanes, _ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: lanes, as: Lanes.self)
  }

  /// The first `count` < 16 floats; the other lanes are 1, which no function here objects to.
  @inline(__always)
  static func load(_ pointer: UnsafePointer<Float>, first count: Int) -> Lanes {
    var lanes = Lanes(repeating: 1)
    for lane in 0..<count { lanes[lane] = pointer[lane] }
    return lanes
  }

  @inline(__always)
  static func store(_ lanes: Lanes, _ pointer: UnsafeMutablePointer<Float>, first count: Int) {
    for lane in 0..<count { pointer[lane] = lanes[lane] }
  }

  @inline(__always)
  static func mapLanes(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ function: (Lanes) -> Lanes
  ) {
    var i = 0
    while i + 16 <= count {
      store(function(load(x + i)), y + i)
      i += 16
    }
    if i < count { store(function(load(x + i, first: count - i)), y + i, first: count - i) }
  }

  /// For functions that only the C library has.
  @inline(__always)
  static func mapEach(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ function: (Float) -> Float
  ) {
    for i in 0..<count { y[i] = function(x[i]) }
  }
}
