import Glibc
import Kernels

/// Rows seen along the two directions in which they differ most.
struct PrincipalComponents {
  /// A row's coordinates: along each direction the sign is such that its entry of largest magnitude is positive.
  let points: [(x: Double, y: Double)]
  /// The parts of the whole variance along both.
  let shares: (Double, Double)

  /// - Parameter rows: [count, width], width at least 1. What is not finite makes every coordinate NaN.
  init(rows: [Double], width: Int) {
    let count = rows.count / width
    var means = [Double](repeating: 0, count: width)
    for row in 0..<count { for column in 0..<width { means[column] += rows[row * width + column] / Double(count) } }
    let centered = Buffer(rows.count)
    for index in 0..<rows.count { centered.pointer[index] = Float(rows[index] - means[index % width]) }
    let covariance = Buffer(width * width)
    MatrixProduct(rows: width, columns: width, depth: count, transposingLeft: true).run(
      centered.pointer, centered.pointer, into: covariance.pointer)
    let total = (0..<width).reduce(0.0) { $0 + Double(covariance.pointer[$1 * width + $1]) }
    let scratch = Buffer(LinearAlgebra.eigenScratch(width))
    let (vectors, values) = (Buffer(width * width), Buffer(width))
    LinearAlgebra.eigenvectors(covariance.pointer, vectors.pointer, width, scratch: scratch.pointer)
    LinearAlgebra.eigenvalues(covariance.pointer, values.pointer, width, scratch: scratch.pointer)
    func coordinates(_ component: Int) -> [Double] {
      guard component < width else { return Array(repeating: 0, count: count) }
      return (0..<count).map { row in
        (0..<width).reduce(0.0) { $0 + Double(centered.pointer[row * width + $1]) * Double(vectors.pointer[$1 * width + component]) }
      }
    }
    func share(_ component: Int) -> Double { component < width && total > 0 ? max(0, Double(values.pointer[component])) / total : 0 }
    points = zip(coordinates(0), coordinates(1)).map { ($0, $1) }
    shares = (share(0), share(1))
  }

  private final class Buffer {
    let pointer: UnsafeMutablePointer<Float>
    init(_ count: Int) {
      pointer = .allocate(capacity: max(1, count))
      pointer.initialize(repeating: 0, count: max(1, count))
    }
    deinit { pointer.deallocate() }
  }
}
