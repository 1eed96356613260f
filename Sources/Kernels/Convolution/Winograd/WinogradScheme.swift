/// A convolution of 3×3 by tiles of 4×4 outputs, as the transforms of one direction of its tiles.
///
///     Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A        d input, g [3, 3] weight, Y [4, 4] output
///
/// Points are the numbers of a transformed tile. The weight has six matrices in each direction, whatever the number of points.
protocol WinogradScheme {
  /// Bᵀ: pixels of x to points, `inputOffset` pixels before a tile's own on.
  associatedtype Input: AxisTransform
  /// Aᵀ: points to pixels of y.
  associatedtype Output: AxisTransform
  /// A: pixels of y's gradient to points, for the weight gradient; equal ones once.
  associatedtype OutputAdjoint: AxisTransform
  /// For the input gradient: pixels of y's gradient to points, `gradientOffset` pixels before a tile's own on.
  associatedtype GradientInput: AxisTransform
  /// For the input gradient: points to pixels of x's gradient.
  associatedtype GradientOutput: AxisTransform
  /// G: three taps to six matrices. The input gradient takes them from the last to the first.
  associatedtype Weight: AxisTransform
  /// Gᵀ.
  associatedtype WeightAdjoint: AxisTransform

  static var inputOffset: Int { get }
  static var gradientOffset: Int { get }
  /// Which of the six matrices a point is multiplied with.
  static func matrix(of point: Int) -> Int
  /// Which of `OutputAdjoint`'s results a point is multiplied with.
  static func gradientPoint(of point: Int) -> Int
}

extension WinogradScheme {
  static var points: Int { Input.outputs }
}
