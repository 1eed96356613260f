import Foundation

extension Elementwise {
  /// y[i] ← f(a[i], b[i]); an operand with step 0 is one number for all i, with step 1 an array.
  public typealias BinaryLoop =
    @Sendable (
      _ a: UnsafePointer<Float>, _ aStep: Int, _ b: UnsafePointer<Float>, _ bStep: Int, _ y: UnsafeMutablePointer<Float>,
      _ count: Int
    ) -> Void

  public static let add: BinaryLoop = { a, s, b, t, y, n in mapLanes(a, s, b, t, y, n) { $0 + $1 } }
  public static let subtract: BinaryLoop = { a, s, b, t, y, n in mapLanes(a, s, b, t, y, n) { $0 - $1 } }
  public static let multiply: BinaryLoop = { a, s, b, t, y, n in mapLanes(a, s, b, t, y, n) { $0 * $1 } }
  public static let divide: BinaryLoop = { a, s, b, t, y, n in mapLanes(a, s, b, t, y, n) { $0 / $1 } }
  /// The larger; NaN when either is (`b` is kept unless `a` is larger or NaN).
  public static let maximum: BinaryLoop = { a, s, b, t, y, n in
    mapLanes(a, s, b, t, y, n) { $1.replacing(with: $0, where: ($0 .> $1) .| ($0 .!= $0)) }
  }
  public static let minimum: BinaryLoop = { a, s, b, t, y, n in
    mapLanes(a, s, b, t, y, n) { $1.replacing(with: $0, where: ($0 .< $1) .| ($0 .!= $0)) }
  }
  /// a where b > 0, else a·0: NaN and ∞ come out as NaN, as they do of the product with 0.
  public static let gate: BinaryLoop = { a, s, b, t, y, n in
    mapLanes(a, s, b, t, y, n) { ($0 * 0).replacing(with: $0, where: $1 .> 0) }
  }
  public static let less: BinaryLoop = { a, s, b, t, y, n in
    mapLanes(a, s, b, t, y, n) { Lanes(repeating: 0).replacing(with: 1, where: $0 .< $1) }
  }
  public static let lessOrEqual: BinaryLoop = { a, s, b, t, y, n in
    mapLanes(a, s, b, t, y, n) { Lanes(repeating: 0).replacing(with: 1, where: $0 .<= $1) }
  }
  public static let equal: BinaryLoop = { a, s, b, t, y, n in
    mapLanes(a, s, b, t, y, n) { Lanes(repeating: 0).replacing(with: 1, where: $0 .== $1) }
  }
  public static let power: BinaryLoop = { a, s, b, t, y, n in
    for i in 0..<n { y[i] = Foundation.pow(a[i * s], b[i * t]) }
  }

  /// `loop` over `count` elements, split over `pool`.
  public static func run(
    _ loop: BinaryLoop, _ a: UnsafePointer<Float>, _ aStep: Int, _ b: UnsafePointer<Float>, _ bStep: Int,
    _ y: UnsafeMutablePointer<Float>, count: Int, pool: ThreadPool
  ) {
    pool.split(count, minimumPart: minimumPart) { _, part in
      let first = part.lowerBound
      loop(a + first * aStep, aStep, b + first * bStep, bStep, y + first, part.count)
    }
  }

  /// How an operand's elements meet the rows of a [rows, columns] result.
  public struct RowAddressing: Sendable {
    /// From one row to the next, and within a row (0 or 1), in elements.
    public let rowStep: Int
    public let step: Int
    public init(rowStep: Int, step: Int) {
      self.rowStep = rowStep
      self.step = step
    }
  }

  /// `loop` row by row over a [rows, columns] result, for operands that are one row, or one number a row.
  public static func runRows(
    _ loop: BinaryLoop, _ a: UnsafePointer<Float>, _ aLayout: RowAddressing, _ b: UnsafePointer<Float>,
    _ bLayout: RowAddressing, _ y: UnsafeMutablePointer<Float>, rows: Int, columns: Int, pool: ThreadPool
  ) {
    pool.split(rows, minimumPart: max(1, minimumPart / max(1, columns))) { _, part in
      for row in part {
        loop(
          a + row * aLayout.rowStep, aLayout.step, b + row * bLayout.rowStep, bLayout.step, y + row * columns, columns)
      }
    }
  }

  @inline(__always)
  private static func mapLanes(
    _ a: UnsafePointer<Float>, _ aStep: Int, _ b: UnsafePointer<Float>, _ bStep: Int, _ y: UnsafeMutablePointer<Float>,
    _ count: Int, _ function: (Lanes, Lanes) -> Lanes
  ) {
    // An operand of one number is read before anything is written: `y` may be its very storage when count is 1.
    guard count > 0 else { return }
    let wholeA = Lanes(repeating: a[0])
    let wholeB = Lanes(repeating: b[0])
    var i = 0
    while i + 16 <= count {
      store(function(aStep == 0 ? wholeA : load(a + i), bStep == 0 ? wholeB : load(b + i)), y + i)
      i += 16
    }
    guard i < count else { return }
    let rest = count - i
    let lastA = aStep == 0 ? wholeA : load(a + i, first: rest)
    let lastB = bStep == 0 ? wholeB : load(b + i, first: rest)
    store(function(lastA, lastB), y + i, first: rest)
  }
}
