import COpenBLAS

extension LinearAlgebra {
  /// Floats of scratch for an [m, n] matrix: a copy, its singular values, vectors on one side, sgesdd's workspaces.
  public static func singularScratch(_ m: Int, _ n: Int) -> Int {
    let k = min(m, n)
    return m * n + k + n * k + singularWork(m, n) + 8 * k
  }

  // The least sgesdd asks for with vectors (more than without), and 64 columns for its blocked reductions.
  private static func singularWork(_ m: Int, _ n: Int) -> Int {
    let k = min(m, n)
    return 1 + 4 * k * k + 7 * k + 64 * (max(m, n) + 2 * k)
  }

  /// s [min(m, n)] ← the singular values of x [m, n], largest first.
  public static func singularValues(
    _ x: UnsafePointer<Float>, _ s: UnsafeMutablePointer<Float>, _ m: Int, _ n: Int, scratch: UnsafeMutablePointer<Float>
  ) {
    let k = min(m, n)
    guard decompose(x, m, n, left: nil, scratch) else { return s.update(repeating: .nan, count: k) }
    s.update(from: scratch + m * n, count: k)
  }

  /// y [m + n, k] ← the singular vectors of x [m, n] as columns, k = min(m, n): the left ones above the right ones. The entry of largest
  /// magnitude of each left one is positive.
  public static func singularVectors(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ m: Int, _ n: Int, scratch: UnsafeMutablePointer<Float>
  ) {
    let k = min(m, n)
    guard decompose(x, m, n, left: y, scratch) else { return y.update(repeating: .nan, count: (m + n) * k) }
    let right = scratch + m * n + k
    for column in 0..<k {
      let sign = sign(y + column, step: k, count: m)
      for row in 0..<m { y[row * k + column] *= sign }
      for row in 0..<n { y[(m + row) * k + column] = sign * right[column * n + row] }
    }
  }

  /// LAPACK sees B = xᵀ = U·S·Vᵀ, [n, m], column by column. So x's right vectors are B's U, one after the other behind the values in
  /// `scratch`; and x's left ones are B's V, whose transpose column by column is V row by row: it goes to `left` as it is.
  private static func decompose(
    _ x: UnsafePointer<Float>, _ m: Int, _ n: Int, left: UnsafeMutablePointer<Float>?, _ scratch: UnsafeMutablePointer<Float>
  ) -> Bool {
    guard isFinite(x, m * n) else { return false }
    let k = min(m, n)
    guard k > 0 else { return true }
    scratch.update(from: x, count: m * n)
    let values = scratch + m * n
    let right = values + k
    let work = right + n * k
    var job = CChar(UInt8(ascii: left == nil ? "N" : "S"))
    var (rows, columns, small, info) = (Int32(n), Int32(m), Int32(k), Int32(0))
    var workSize = Int32(singularWork(m, n))
    sgesdd_(
      &job, &rows, &columns, scratch, &rows, values, right, &rows, left ?? right, &small, work, &workSize,
      integers(work + singularWork(m, n)), &info)
    return info == 0
  }
}
