import Foundation

extension Elementwise {
  public static let copy: UnaryLoop = { x, y, n in y.update(from: x, count: n) }
  public static let negate: UnaryLoop = { x, y, n in mapLanes(x, y, n) { -$0 } }
  public static let absolute: UnaryLoop = { x, y, n in mapLanes(x, y, n) { $0.replacing(with: -$0, where: $0 .< 0) } }
  public static let sqrt: UnaryLoop = { x, y, n in mapLanes(x, y, n) { $0.squareRoot() } }
  /// max(x, 0); NaN stays NaN.
  public static let relu: UnaryLoop = { x, y, n in mapLanes(x, y, n) { $0.replacing(with: 0, where: $0 .< 0) } }
  /// -1, 0 or 1; NaN stays NaN.
  public static let sign: UnaryLoop = { x, y, n in
    mapLanes(x, y, n) { $0.replacing(with: 1, where: $0 .> 0).replacing(with: -1, where: $0 .< 0) }
  }
  /// 1 where x > 0, else 0 (also for NaN).
  public static let positive: UnaryLoop = { x, y, n in
    mapLanes(x, y, n) { Lanes(repeating: 0).replacing(with: 1, where: $0 .> 0) }
  }

  public static let exponential: UnaryLoop = { x, y, n in mapEach(x, y, n) { Foundation.exp($0) } }
  public static let logarithm: UnaryLoop = { x, y, n in mapEach(x, y, n) { Foundation.log($0) } }
  public static let tanh: UnaryLoop = { x, y, n in mapEach(x, y, n) { Foundation.tanh($0) } }
  public static let cosine: UnaryLoop = { x, y, n in mapEach(x, y, n) { Foundation.cos($0) } }
  public static let sine: UnaryLoop = { x, y, n in mapEach(x, y, n) { Foundation.sin($0) } }
  /// -x·log x, and 0 at 0.
  public static let entropyTerm: UnaryLoop = { x, y, n in mapEach(x, y, n) { $0 == 0 ? 0 : -$0 * Foundation.log($0) } }
}
