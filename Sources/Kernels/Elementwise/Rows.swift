import Foundation

/// Functions of whole rows. x: [rows, columns]; an output of the same shape may be x itself.
public enum Rows {
  private static func split(_ rows: Int, _ columns: Int, _ pool: ThreadPool, _ body: (_ row: Int) -> Void) {
    pool.split(rows, minimumPart: max(1, 8_192 / max(1, columns))) { _, part in
      for row in part { body(row) }
    }
  }

  /// y ← softmax of every row, shifted by its largest entry so that no exponential overflows.
  public static func softmax(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, rows: Int, columns: Int, pool: ThreadPool
  ) {
    split(rows, columns, pool) { row in
      let source = x + row * columns
      let target = y + row * columns
      let largest = maximum(source, columns)
      for i in 0..<columns { target[i] = exp(source[i] - largest) }
      let scale = Float(1 / Reductions.sum(target, columns))
      for i in 0..<columns { target[i] *= scale }
    }
  }

  /// y[row] ← log Σ exp x, shifted likewise; a row's infinite maximum is its value.
  public static func logSumExp(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, rows: Int, columns: Int, pool: ThreadPool
  ) {
    split(rows, columns, pool) { row in
      let source = x + row * columns
      let largest = maximum(source, columns)
      guard largest.isFinite else {
        y[row] = largest
        return
      }
      var total = 0.0
      for i in 0..<columns { total += Double(exp(source[i] - largest)) }
      y[row] = largest + Float(log(total))
    }
  }

  /// y ← x / max(‖x‖, floor) by row.
  public static func normalize(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, rows: Int, columns: Int, floor: Float, pool: ThreadPool
  ) {
    split(rows, columns, pool) { row in
      let source = x + row * columns
      let length = norm(source, columns)
      var divisor = length < floor ? floor : length
      Elementwise.divide(source, 1, &divisor, 0, y + row * columns, columns)
    }
  }

  /// y[row] ← ‖x‖.
  public static func norms(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, rows: Int, columns: Int, pool: ThreadPool
  ) {
    split(rows, columns, pool) { row in y[row] = norm(x + row * columns, columns) }
  }

  /// Squares are added in float64, so neither long rows nor large or tiny entries lose the length.
  @inline(__always)
  private static func norm(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    var lanes = SIMD8<Double>(repeating: 0)
    var i = 0
    while i + 8 <= count {
      let values = SIMD8<Double>(UnsafeRawPointer(x + i).loadUnaligned(as: SIMD8<Float>.self))
      lanes += values * values
      i += 8
    }
    var total = lanes.sum()
    while i < count {
      total += Double(x[i]) * Double(x[i])
      i += 1
    }
    return Float(total.squareRoot())
  }

  /// NaN when one is among them: its exponentials are then NaN too.
  @inline(__always)
  private static func maximum(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    var best = -Float.infinity
    for i in 0..<count { best = x[i] > best || x[i].isNaN ? x[i] : best }
    return best
  }
}
