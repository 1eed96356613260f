import Foundation

extension LinearAlgebra {
  /// Every function here works in a caller's scratch: floats first, then the integers that LAPACK wants, of the same size.
  @inline(__always)
  static func integers(_ scratch: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Int32> {
    // Nothing reads these words as floats while a call lasts, and both types are trivial and four bytes wide.
    UnsafeMutableRawPointer(scratch).assumingMemoryBound(to: Int32.self)
  }

  /// y ← (x + xᵀ)/2, [n, n]: LAPACK reads one triangle, a derivative must count both. y is not x.
  static func symmetrize(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ n: Int) {
    for i in 0..<n {
      for j in 0..<n { y[i * n + j] = 0.5 * (x[i * n + j] + x[j * n + i]) }
    }
  }

  /// LAPACK may not return on NaN or ∞.
  static func isFinite(_ x: UnsafePointer<Float>, _ count: Int) -> Bool {
    for i in 0..<count where !x[i].isFinite { return false }
    return true
  }

  /// The sign that makes the entry of largest magnitude among x[0], x[step], … positive.
  static func sign(_ x: UnsafePointer<Float>, step: Int, count: Int) -> Float {
    var largest: Float = 0
    for i in 0..<count where abs(x[i * step]) > abs(largest) { largest = x[i * step] }
    return largest < 0 ? -1 : 1
  }
}
