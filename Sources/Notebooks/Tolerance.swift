/// How far two numbers may lie apart and still count as equal: `|a - b| ≤ max(absolute, relative · max(|a|, |b|))`.
public struct Tolerance: Hashable, Sendable {
  public var relative: Double
  public var absolute: Double
  /// Counts are compared exactly unless somebody says how far apart they may lie.
  public var coversWholeNumbers: Bool

  /// A thousandth of the number, and a millionth where that is more: the rounding of numbers about 1 in float32.
  public static let standard = Tolerance(relative: 1e-3, absolute: 1e-6, coversWholeNumbers: false)

  public init(relative: Double, absolute: Double = Tolerance.standard.absolute, coversWholeNumbers: Bool = true) {
    self.relative = relative
    self.absolute = absolute
    self.coversWholeNumbers = coversWholeNumbers
  }

  /// What both allow together.
  public func loosened(by other: Tolerance?) -> Tolerance {
    guard let other else { return self }
    return Tolerance(
      relative: max(relative, other.relative), absolute: max(absolute, other.absolute),
      coversWholeNumbers: coversWholeNumbers || other.coversWholeNumbers)
  }

  func allows(_ left: Double, _ right: Double) -> Bool {
    if left == right || left.isNaN && right.isNaN { return true }
    guard left.isFinite, right.isFinite else { return false }
    return abs(left - right) <= max(absolute, relative * max(abs(left), abs(right)))
  }
}

extension Tolerance: CustomStringConvertible {
  /// `0.001 relative, 1e-06 absolute`
  public var description: String { "\(relative) relative, \(absolute) absolute" }
}
