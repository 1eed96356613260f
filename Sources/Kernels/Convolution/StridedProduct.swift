import COpenBLAS

/// C ← A·B (+ C) on the calling thread, of row-major float32 matrices that lie inside wider ones: C [rows, columns], A [rows, depth], B [depth,
/// columns]. A value describes the product apart from its pointers. Strides are distances between rows, in floats.
struct StridedProduct {
  var rows: Int
  var columns: Int
  var depth: Int
  /// A is stored as [depth, rows].
  var transposingLeft = false
  /// B is stored as [columns, depth].
  var transposingRight = false
  /// Adds to what C holds; else C is only written.
  var accumulating = false
  var leftStride: Int
  var rightStride: Int
  var resultStride: Int

  /// Dense matrices.
  init(rows: Int, columns: Int, depth: Int, transposingLeft: Bool = false, transposingRight: Bool = false) {
    self.rows = rows
    self.columns = columns
    self.depth = depth
    self.transposingLeft = transposingLeft
    self.transposingRight = transposingRight
    leftStride = transposingLeft ? rows : depth
    rightStride = transposingRight ? depth : columns
    resultStride = columns
  }

  /// The result must not overlap an operand.
  func run(_ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    cblas_sgemm(
      CblasRowMajor, transposingLeft ? CblasTrans : CblasNoTrans, transposingRight ? CblasTrans : CblasNoTrans,
      blasint(rows), blasint(columns), blasint(depth),
      1, left, blasint(leftStride), right, blasint(rightStride), accumulating ? 1 : 0, result, blasint(resultStride))
  }
}
