import COpenBLAS

extension LinearAlgebra {
  /// Floats of scratch for a symmetric [n, n] matrix: a copy, its eigenvalues, ssyevd's workspaces.
  public static func eigenScratch(_ n: Int) -> Int { n * n + n + eigenWork(n) + eigenIntegers(n) }

  // The least ssyevd asks for, and 64 columns for its blocked reduction.
  private static func eigenWork(_ n: Int) -> Int { 1 + 66 * n + 2 * n * n }
  private static func eigenIntegers(_ n: Int) -> Int { 3 + 5 * n }

  /// w [n] ← the eigenvalues of (x + xᵀ)/2, x: [n, n], largest first.
  public static func eigenvalues(
    _ x: UnsafePointer<Float>, _ w: UnsafeMutablePointer<Float>, _ n: Int, scratch: UnsafeMutablePointer<Float>
  ) {
    guard decompose(x, n, vectors: false, scratch) else { return w.update(repeating: .nan, count: n) }
    let ascending = scratch + n * n
    for i in 0..<n { w[i] = ascending[n - 1 - i] }
  }

  /// v [n, n] ← the eigenvectors of (x + xᵀ)/2 as columns in the order of `eigenvalues`, of unit length, the entry of largest magnitude
  /// in each positive.
  public static func eigenvectors(
    _ x: UnsafePointer<Float>, _ v: UnsafeMutablePointer<Float>, _ n: Int, scratch: UnsafeMutablePointer<Float>
  ) {
    guard decompose(x, n, vectors: true, scratch) else { return v.update(repeating: .nan, count: n * n) }
    for column in 0..<n {
      // LAPACK's columns lie one after the other, smallest eigenvalue first.
      let vector = scratch + (n - 1 - column) * n
      let sign = sign(vector, step: 1, count: n)
      for row in 0..<n { v[row * n + column] = sign * vector[row] }
    }
  }

  /// Leaves the vectors and the ascending eigenvalues at the start of `scratch`. A symmetric matrix is its own transpose.
  private static func decompose(
    _ x: UnsafePointer<Float>, _ n: Int, vectors: Bool, _ scratch: UnsafeMutablePointer<Float>
  ) -> Bool {
    guard isFinite(x, n * n) else { return false }
    guard n > 0 else { return true }
    symmetrize(x, scratch, n)
    let values = scratch + n * n
    let work = values + n
    var (job, triangle) = (CChar(UInt8(ascii: vectors ? "V" : "N")), CChar(UInt8(ascii: "U")))
    var (size, workSize, integerSize, info) = (Int32(n), Int32(eigenWork(n)), Int32(eigenIntegers(n)), Int32(0))
    ssyevd_(
      &job, &triangle, &size, scratch, &size, values, work, &workSize, integers(work + eigenWork(n)), &integerSize, &info)
    return info == 0
  }
}
