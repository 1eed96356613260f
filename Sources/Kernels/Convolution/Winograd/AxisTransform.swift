/// A linear map of one direction of a tile; the other direction has the same. It reads all numbers, some channels at a time, and
/// writes all results.
protocol AxisTransform {
  static var inputs: Int { get }
  static var outputs: Int { get }
  static func run(_ input: (Int) -> Lanes, _ output: (Int, Lanes) -> Void)
}
