/// F(4×4, 3×3): a correlation of 6 pixels with 3 as 6 products (Lavin & Gray 2016, with the points 0, ±1, ±2, ∞), so a quarter of the
/// multiplications of direct sums.
enum UnitStrideScheme: WinogradScheme {
  typealias GradientInput = Input
  typealias GradientOutput = Output

  static var inputOffset: Int { 1 }
  static var gradientOffset: Int { 1 }

  @inline(__always)
  static func matrix(of point: Int) -> Int { point }

  @inline(__always)
  static func gradientPoint(of point: Int) -> Int { point }

  enum Input: AxisTransform {
    static var inputs: Int { 6 }
    static var outputs: Int { 6 }

    @inline(__always)
    static func run(_ d: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
      let (d1, d2, d3, d4) = (d(1), d(2), d(3), d(4))
      let (a, b) = (d4 - 4 * d2, d3 - 4 * d1)
      let (c, e) = (d4 - d2, 2 * (d3 - d1))
      output(0, 4 * d(0) - 5 * d2 + d4)
      output(1, a + b)
      output(2, a - b)
      output(3, c + e)
      output(4, c - e)
      output(5, 4 * d1 - 5 * d3 + d(5))
    }
  }

  enum Output: AxisTransform {
    static var inputs: Int { 6 }
    static var outputs: Int { 4 }

    @inline(__always)
    static func run(_ m: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
      let (a, b) = (m(1) + m(2), m(1) - m(2))
      let (c, d) = (m(3) + m(4), m(3) - m(4))
      output(0, m(0) + a + c)
      output(1, b + 2 * d)
      output(2, a + 4 * c)
      output(3, b + 8 * d + m(5))
    }
  }

  enum OutputAdjoint: AxisTransform {
    static var inputs: Int { 4 }
    static var outputs: Int { 6 }

    @inline(__always)
    static func run(_ y: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
      let (y0, y1, y2, y3) = (y(0), y(1), y(2), y(3))
      let (a, b) = (y0 + y2, y1 + y3)
      let (c, d) = (y0 + 4 * y2, 2 * y1 + 8 * y3)
      output(0, y0)
      output(1, a + b)
      output(2, a - b)
      output(3, c + d)
      output(4, c - d)
      output(5, y3)
    }
  }

  enum Weight: AxisTransform {
    static var inputs: Int { 3 }
    static var outputs: Int { 6 }

    @inline(__always)
    static func run(_ g: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
      let (g0, g1, g2) = (g(0), g(1), g(2))
      let (sum, wide) = (g0 + g2, g0 + 4 * g2)
      output(0, g0 * 0.25)
      output(1, (sum + g1) * (-1 / 6))
      output(2, (sum - g1) * (-1 / 6))
      output(3, (wide + 2 * g1) * (1 / 24))
      output(4, (wide - 2 * g1) * (1 / 24))
      output(5, g2)
    }
  }

  enum WeightAdjoint: AxisTransform {
    static var inputs: Int { 6 }
    static var outputs: Int { 3 }

    @inline(__always)
    static func run(_ u: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
      let (a, b) = ((u(1) + u(2)) * (-1 / 6), (u(1) - u(2)) * (-1 / 6))
      let (c, d) = ((u(3) + u(4)) * (1 / 24), (u(3) - u(4)) * (1 / 24))
      output(0, u(0) * 0.25 + a + c)
      output(1, b + 2 * d)
      output(2, a + 4 * c + u(5))
    }
  }
}
