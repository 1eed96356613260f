import COpenBLAS

/// Row-major float32 matrix products through OpenBLAS, which is kept on one thread: the pool splits the rows of the result.
public struct MatrixProduct: Sendable {
  private let rows: Int
  private let columns: Int
  private let depth: Int
  private let transposesLeft: Bool
  private let transposesRight: Bool

  /// Below this many multiplications a product is not split further.
  private static let minimumWork = 1 << 19

  /// C [rows, columns] = op(A) · op(B), op(A): [rows, depth], op(B): [depth, columns]; op(X) is X or, with `transposes…`, Xᵀ.
  public init(rows: Int, columns: Int, depth: Int, transposesLeft: Bool = false, transposesRight: Bool = false) {
    self.rows = rows
    self.columns = columns
    self.depth = depth
    self.transposesLeft = transposesLeft
    self.transposesRight = transposesRight
    LinearAlgebra.prepare()
  }

  /// All dense, c apart from a and b.
  public func run(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, pool: ThreadPool) {
    guard rows > 0, columns > 0 else { return }
    pool.split(rows, minimumPart: max(8, Self.minimumWork / max(1, columns * depth))) { _, part in
      let leftStride = transposesLeft ? rows : depth
      let rightStride = transposesRight ? depth : columns
      cblas_sgemm(
        CblasRowMajor, transposesLeft ? CblasTrans : CblasNoTrans, transposesRight ? CblasTrans : CblasNoTrans,
        blasint(part.count), blasint(columns), blasint(depth), 1,
        a + part.lowerBound * (transposesLeft ? 1 : depth), blasint(max(1, leftStride)),
        b, blasint(max(1, rightStride)), 0, c + part.lowerBound * columns, blasint(columns))
    }
  }
}
