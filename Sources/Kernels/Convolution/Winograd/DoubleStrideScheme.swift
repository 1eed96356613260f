/// The 3×3 convolution of stride 2 with padding 1, in one direction:
///
///     y[i] = (w0·x[2i − 1] + w2·x[2i + 1])  +  w1·x[2i]
///
/// The bracket is a correlation of the odd pixels with two taps: F(4, 2), four of its sums from 5 pixels by 5 products (Winograd's
/// algorithm with the points 0, 1, −1, 2, ∞). The even pixels need 4 more. So 9 points a direction, and 81 products in place of 144
/// for 4×4 outputs. The four points of even pixels have one matrix, w1, and there are six in all: as many as F(4×4, 3×3) has.
///
/// The input gradient is made of the same two parts: ∂x[2j + 1] = w2·g[j] + w0·g[j + 1], which is F(4, 2) with the taps turned, and
/// ∂x[2j] = w1·g[j].
enum DoubleStrideScheme: WinogradScheme {
  static var inputOffset: Int { 1 }
  static var gradientOffset: Int { 0 }

  @inline(__always)
  static func matrix(of point: Int) -> Int { min(point, 5) }

  /// The gradients that go with the even pixels are two of A's results and two more.
  @inline(__always)
  static func gradientPoint(of point: Int) -> Int {
    switch point {
    case 5: 0
    case 6, 7: point - 1
    case 8: 4
    default: point
    }
  }

  /// F(4, 2)'s Bᵀ of five pixels.
  @inline(__always)
  private static func correlationInput(_ d: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
    let (d1, d2, d3) = (d(1), d(2), d(3))
    let difference = d3 - d1
    output(0, 2 * (d(0) - d2) + difference)
    output(1, difference - (d1 + d2))
    output(2, difference - 3 * (d2 - d1))
    output(3, difference)
    output(4, (d(4) - d2) - 2 * difference)
  }

  /// F(4, 2)'s Aᵀ of five products.
  @inline(__always)
  private static func correlationOutput(_ m: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
    let (sum, difference, third) = (m(1) + m(2), m(1) - m(2), m(3))
    output(0, m(0) + sum + third)
    output(1, difference + 2 * third)
    output(2, sum + 4 * third)
    output(3, difference + 8 * third + m(4))
  }

  /// Pixels 8t − 1 … 8t + 7: odd ones first.
  enum Input: AxisTransform {
    static var inputs: Int { 9 }
    static var outputs: Int { 9 }

    @inline(__always)
    static func run(_ d: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
      correlationInput({ d(2 * $0) }, output)
      output(5, d(1))
      output(6, d(3))
      output(7, d(5))
      output(8, d(7))
    }
  }

  enum Output: AxisTransform {
    static var inputs: Int { 9 }
    static var outputs: Int { 4 }

    @inline(__always)
    static func run(_ m: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
      correlationOutput(m) { output($0, $1 + m(5 + $0)) }
    }
  }

  enum OutputAdjoint: AxisTransform {
    static var inputs: Int { 4 }
    static var outputs: Int { 7 }

    @inline(__always)
    static func run(_ y: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
      let (y0, y1, y2, y3) = (y(0), y(1), y(2), y(3))
      let (a, b) = (y0 + y2, y1 + y3)
      output(0, y0)
      output(1, a + b)
      output(2, a - b)
      output(3, (y0 + 2 * y1) + 4 * (y2 + 2 * y3))
      output(4, y3)
      output(5, y1)
      output(6, y2)
    }
  }

  /// Gradients of outputs 4t … 4t + 4.
  enum GradientInput: AxisTransform {
    static var inputs: Int { 5 }
    static var outputs: Int { 9 }

    @inline(__always)
    static func run(_ g: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
      correlationInput(g, output)
      output(5, g(0))
      output(6, g(1))
      output(7, g(2))
      output(8, g(3))
    }
  }

  /// Gradients of pixels 8t … 8t + 7.
  enum GradientOutput: AxisTransform {
    static var inputs: Int { 9 }
    static var outputs: Int { 8 }

    @inline(__always)
    static func run(_ m: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
      correlationOutput(m) { output(2 * $0 + 1, $1) }
      output(0, m(5))
      output(2, m(6))
      output(4, m(7))
      output(6, m(8))
    }
  }

  enum Weight: AxisTransform {
    static var inputs: Int { 3 }
    static var outputs: Int { 6 }

    @inline(__always)
    static func run(_ g: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
      let (g0, g2) = (g(0), g(2))
      output(0, g0 * 0.5)
      output(1, (g0 + g2) * -0.5)
      output(2, (g2 - g0) * (1 / 6))
      output(3, (g0 + 2 * g2) * (1 / 6))
      output(4, g2)
      output(5, g(1))
    }
  }

  enum WeightAdjoint: AxisTransform {
    static var inputs: Int { 6 }
    static var outputs: Int { 3 }

    @inline(__always)
    static func run(_ u: (Int) -> Lanes, _ output: (Int, Lanes) -> Void) {
      let (half, second, third) = (u(1) * 0.5, u(2) * (1 / 6), u(3) * (1 / 6))
      output(0, u(0) * 0.5 - half - second + third)
      output(1, u(5))
      output(2, second - half + 2 * third + u(4))
    }
  }
}
