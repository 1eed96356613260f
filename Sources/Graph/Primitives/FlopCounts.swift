/// What primitives count their floating-point operations with.
enum FlopCounts {
  /// exp, log, tanh and their like: about the multiplications and additions of their polynomials.
  static let function = 8

  static func cube(_ extent: Int) -> Int { extent * extent * extent }
}
