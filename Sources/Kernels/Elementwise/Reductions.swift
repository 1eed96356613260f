/// Sums and extremes over some axes, and the repetition along them.
public enum Reductions {
  private typealias Lanes = SIMD16<Float>

  /// Work below this many elements stays on one thread.
  private static let minimumPart = 65_536

  /// y (the kept axes) ← sum of x over the others. x: `pattern.count` floats, y: `pattern.keptCount`.
  public static func sum(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pattern: AxisPattern, _ pool: ThreadPool) {
    y.update(repeating: 0, count: pattern.keptCount)
    split(pattern, pool) { outer in
      let row = x + outer * pattern.innerCount
      let target = y + pattern.keptOffset(outer)
      if pattern.innerIsKept {
        Elementwise.add(target, 1, row, 1, target, pattern.innerCount)
      } else {
        target[0] += Float(sum(row, pattern.innerCount))
      }
    }
  }

  /// y ← the largest of x over the axes that are not kept; NaN when one is among them, -∞ over nothing.
  public static func maximum(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pattern: AxisPattern, _ pool: ThreadPool
  ) {
    extreme(x, y, pattern, pool, start: -.infinity, Elementwise.maximum) { $0 > $1 || $0.isNaN ? $0 : $1 }
  }

  /// y ← the smallest; NaN when one is among them, +∞ over nothing.
  public static func minimum(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pattern: AxisPattern, _ pool: ThreadPool
  ) {
    extreme(x, y, pattern, pool, start: .infinity, Elementwise.minimum) { $0 < $1 || $0.isNaN ? $0 : $1 }
  }

  /// y (all axes) ← x (the kept ones), repeated along the others.
  public static func broadcast(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pattern: AxisPattern, _ pool: ThreadPool
  ) {
    pool.split(pattern.outerCount, minimumPart: max(1, minimumPart / max(1, pattern.innerCount))) { _, part in
      for outer in part {
        let source = x + pattern.keptOffset(outer)
        let row = y + outer * pattern.innerCount
        if pattern.innerIsKept {
          row.update(from: source, count: pattern.innerCount)
        } else {
          row.update(repeating: source[0], count: pattern.innerCount)
        }
      }
    }
  }

  /// Blocks of 1024 are summed in sixteen float32 lanes, the blocks in float64: as exact as the inputs for any length met here.
  public static func sum(_ x: UnsafePointer<Float>, _ count: Int) -> Double {
    var total = 0.0
    var i = 0
    while i + 16 <= count {
      var lanes = Lanes(repeating: 0)
      let end = min(i + 1024, count)
      while i + 16 <= end {
        lanes += Elementwise.load(x + i)
        i += 16
      }
      total += Double(lanes.sum())
    }
    while i < count {
      total += Double(x[i])
      i += 1
    }
    return total
  }

  private static func extreme(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pattern: AxisPattern, _ pool: ThreadPool, start: Float,
    _ loop: Elementwise.BinaryLoop, _ better: (Float, Float) -> Float
  ) {
    y.update(repeating: start, count: pattern.keptCount)
    split(pattern, pool) { outer in
      let row = x + outer * pattern.innerCount
      let target = y + pattern.keptOffset(outer)
      if pattern.innerIsKept {
        loop(target, 1, row, 1, target, pattern.innerCount)
      } else {
        var best = target[0]
        for i in 0..<pattern.innerCount { best = better(row[i], best) }
        target[0] = best
      }
    }
  }

  /// Every pass over the last axis, those that meet in one place of the smaller array on one thread and in order.
  @inline(__always)
  private static func split(_ pattern: AxisPattern, _ pool: ThreadPool, _ body: (_ outer: Int) -> Void) {
    let parts = pattern.independentParts
    guard parts > 0 else { return }
    let passes = pattern.outerCount / parts
    pool.split(parts, minimumPart: max(1, minimumPart / max(1, passes * pattern.innerCount))) { _, part in
      for outer in part.lowerBound * passes..<part.upperBound * passes { body(outer) }
    }
  }
}

extension SIMD16 where Scalar == Float {
  /// The lanes added in halves.
  @inline(__always)
  func sum() -> Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}
