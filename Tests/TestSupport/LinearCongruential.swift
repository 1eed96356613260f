/// Knuth's 64-bit linear congruential generator, which the programs beside the fixtures repeat in Python: weights and images that
/// both sides make for themselves instead of storing them.
public struct LinearCongruential {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// Uniform in [-1, 1), in steps of 2⁻²³: exact in float32.
  public mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 40) * 0x1p-23 - 1
  }

  /// `count` numbers uniform in ±bound, rounded to float32 once.
  public mutating func floats(_ count: Int, bound: Double = 1) -> [Float] {
    (0..<count).map { _ in Float(bound * next()) }
  }
}
