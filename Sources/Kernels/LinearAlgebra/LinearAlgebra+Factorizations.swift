import COpenBLAS
import Foundation

extension LinearAlgebra {
  /// y [n, n] ← the lower triangular L with L·Lᵀ = (x + xᵀ)/2, zero above the diagonal. NaN where x is not positive definite.
  public static func cholesky(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ n: Int) {
    guard n > 0 else { return }
    symmetrize(x, y, n)
    // The upper triangle as LAPACK sees it (x = Uᵀ·U) is the lower one row by row, and U is Lᵀ.
    var (triangle, size, info) = (CChar(UInt8(ascii: "U")), Int32(n), Int32(0))
    spotrf_(&triangle, &size, y, &size, &info)
    guard info == 0, isFinite(y, n * n) else { return y.update(repeating: .nan, count: n * n) }
    for row in 0..<n { (y + row * n + row + 1).update(repeating: 0, count: n - 1 - row) }
  }

  /// Floats of scratch for `solve`: the factors, the pivots, the right sides column by column.
  public static func solveScratch(_ n: Int, columns: Int) -> Int { n * n + n + n * columns }

  /// y [n, columns] ← a⁻¹·b, a: [n, n], b: [n, columns]. NaN where a is singular.
  public static func solve(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ n: Int, columns: Int,
    scratch: UnsafeMutablePointer<Float>
  ) {
    guard n > 0, columns > 0 else { return }
    let pivots = integers(scratch + n * n)
    guard factorize(a, n, scratch, pivots) == 0 else { return y.update(repeating: .nan, count: n * columns) }
    let sides = scratch + n * n + n
    for row in 0..<n {
      for column in 0..<columns { sides[column * n + row] = b[row * columns + column] }
    }
    // The factors are those of aᵀ, as LAPACK saw it; "T" solves with its transpose, a.
    var (transposition, size, sideCount, info) = (CChar(UInt8(ascii: "T")), Int32(n), Int32(columns), Int32(0))
    sgetrs_(&transposition, &size, &sideCount, scratch, &size, pivots, sides, &size, &info)
    for row in 0..<n {
      for column in 0..<columns { y[row * columns + column] = sides[column * n + row] }
    }
  }

  /// Floats of scratch for `logDeterminant`: the factors and the pivots.
  public static func determinantScratch(_ n: Int) -> Int { n * n + n }

  /// log det a, a: [n, n]; -∞ where a is singular, NaN where the determinant is negative.
  public static func logDeterminant(_ a: UnsafePointer<Float>, _ n: Int, scratch: UnsafeMutablePointer<Float>) -> Float {
    guard n > 0 else { return 0 }
    let pivots = integers(scratch + n * n)
    let info = factorize(a, n, scratch, pivots)
    guard info >= 0 else { return .nan }
    if info > 0 { return -.infinity }
    var total = 0.0
    var isNegative = false
    for i in 0..<n {
      let factor = Double(scratch[i * n + i])
      total += log(abs(factor))
      isNegative = isNegative != ((factor < 0) != (pivots[i] != Int32(i + 1)))
    }
    return isNegative ? .nan : Float(total)
  }

  /// L·U of aᵀ with row exchanges, in `factors` and `pivots`. 0, or > 0 where a is singular, or < 0 where it is not finite.
  private static func factorize(
    _ a: UnsafePointer<Float>, _ n: Int, _ factors: UnsafeMutablePointer<Float>, _ pivots: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    guard isFinite(a, n * n) else { return -1 }
    factors.update(from: a, count: n * n)
    var (size, info) = (Int32(n), Int32(0))
    sgetrf_(&size, &size, factors, &size, pivots, &info)
    return info
  }
}
