import COpenBLAS

/// C ← A·B (+ C) of row-major float32 matrices: C [rows, columns], A [rows, depth], B [depth, columns].
///
/// A value describes one product apart from its pointers; strides are of rows, in elements, and tell how a matrix lies inside a
/// wider one.
public struct MatrixProduct: Sendable {
  public var rows: Int
  public var columns: Int
  public var depth: Int
  /// A is stored as [depth, rows].
  public var transposingLeft = false
  /// B is stored as [columns, depth].
  public var transposingRight = false
  /// Adds to what C holds; else C is only written.
  public var accumulating = false
  public var leftStride: Int
  public var rightStride: Int
  public var resultStride: Int

  /// Dense matrices, one after another row.
  public init(
    rows: Int, columns: Int, depth: Int, transposingLeft: Bool = false, transposingRight: Bool = false, accumulating: Bool = false
  ) {
    self.rows = rows
    self.columns = columns
    self.depth = depth
    self.transposingLeft = transposingLeft
    self.transposingRight = transposingRight
    self.accumulating = accumulating
    leftStride = transposingLeft ? rows : depth
    rightStride = transposingRight ? depth : columns
    resultStride = columns
  }

  /// On the calling thread. The result must not overlap an operand.
  public func run(_ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    cblas_sgemm(
      CblasRowMajor, transposingLeft ? CblasTrans : CblasNoTrans, transposingRight ? CblasTrans : CblasNoTrans,
      blasint(rows), blasint(columns), blasint(depth),
      1, left, blasint(leftStride), right, blasint(rightStride), accumulating ? 1 : 0, result, blasint(resultStride))
  }

  /// Over the threads of `pool`, which share the longer side of the result. No entry's sum is divided, so only OpenBLAS's choice
  /// of block edges can make the result of two thread counts differ, in the last bits.
  public func run(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, on pool: ThreadPool
  ) {
    let (smallest, isSmall) = (smallestPart, rows * columns * depth < 1 << 22)
    if rows >= columns {
      pool.split(rows, minimumPart: smallest, isSmall: isSmall) { _, range in
        var part = self
        part.rows = range.count
        let first = left + range.lowerBound * (transposingLeft ? 1 : leftStride)
        part.run(first, right, into: result + range.lowerBound * resultStride)
      }
    } else {
      pool.split(columns, minimumPart: smallest, isSmall: isSmall) { _, range in
        var part = self
        part.columns = range.count
        let first = right + range.lowerBound * (transposingRight ? rightStride : 1)
        part.run(left, first, into: result + range.lowerBound)
      }
    }
  }

  /// Half a million multiplications, some 10 µs, are worth a second thread; 16 rows or columns are about a register block.
  private var smallestPart: Int {
    let workOfOne = max(1, depth * min(rows, columns))
    return max(16, (1 << 19) / workOfOne)
  }
}
