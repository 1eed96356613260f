import Glibc
import Tables

/// The numbers that stand along an axis: round ones, that people count in.
public struct AxisTicks {
  public let marks: [(value: Double, text: String)]

  /// - Parameter most: as many as there is room for.
  public init(_ range: AxisRange, most: Int) {
    let most = max(2, most)
    switch range.scale {
    case .linear: marks = Self.linear(range, most)
    case .log:
      let decades = Self.decades(range, most)
      marks = decades.count >= 2 ? decades : Self.linear(range, most)
    }
  }

  /// Multiples of 1, 2 or 5 times a power of ten: of the largest step that leaves two of them, where there is room for two alone.
  private static func linear(_ range: AxisRange, _ most: Int) -> [(value: Double, text: String)] {
    for count in most...most + 3 { if let marks = multiples(range, count) { return marks } }
    return [range.low, range.high].map { (value: $0, text: NumberText.short($0)) }
  }

  /// nil where there are fewer than two, or where numbers lie so close to each other that their names would be longer than they are worth.
  private static func multiples(_ range: AxisRange, _ most: Int) -> [(value: Double, text: String)]? {
    // Halved, as the whole extent may be more than a number holds.
    let half = (range.high / 2 - range.low / 2) / Double(most)
    let power = pow(10, floor(log10(half)))
    guard power > 0, power.isFinite else { return nil }
    // The smallest step that leaves no more marks than there is room for: 1, 2, 5 and so on.
    guard let halfStep = [0.5, 1, 2.5, 5, 10, 25].map({ $0 * power }).first(where: { $0 >= half * 0.999_999 }), 2 * halfStep < .infinity
    else { return nil }
    let step = 2 * halfStep
    let first = (range.low / step - 1e-9).rounded(.up)
    let count = Int(max(0, min(1000, (range.high / step + 1e-9).rounded(.down) - first)))
    guard abs(first) < 1e9 else { return nil }
    let values = (0...count).map { (first + Double($0)) * step }.filter(\.isFinite)
    guard values.count >= 2 else { return nil }
    return values.map { ($0, text($0, step: step)) }
  }

  /// As many decimals as the step has: 0, 0.25, 0.5 are `0.00`, `0.25`, `0.50`.
  private static func text(_ value: Double, step: Double) -> String {
    if value == 0 { return "0" }
    let exponent = Int(floor(log10(step) + 1e-9))
    guard abs(value) < 1e6, exponent >= -4 else { return power(value) ?? NumberText.short(value) }
    return NumberText.fixed(value, decimals: max(0, -exponent))
  }

  /// `2e6`, `1e-5`: a round number in as few characters as it takes.
  private static func power(_ value: Double) -> String? {
    let exponent = floor(log10(abs(value)) + 1e-9)
    let mantissa = value / pow(10, exponent)
    guard mantissa.isFinite, abs(mantissa * 10 - (mantissa * 10).rounded()) < 1e-6 else { return nil }
    return NumberText.short((mantissa * 10).rounded() / 10) + "e\(Int(exponent))"
  }

  /// Powers of ten, some left out where there are many, and the numbers 2 and 5 between where there are few.
  private static func decades(_ range: AxisRange, _ most: Int) -> [(value: Double, text: String)] {
    let (first, last) = (Int(log10(range.low).rounded(.down)), Int(log10(range.high).rounded(.up)))
    for mantissas in [[1.0, 2, 5], [1.0]] {
      let values = (first...last).flatMap { power in mantissas.map { $0 * pow(10, Double(power)) } }
        .filter { $0 >= range.low * 0.999_999 && $0 <= range.high * 1.000_001 }
      if values.count <= most { return values.map { ($0, decade($0)) } }
    }
    let stride = max(1, (last - first) / most + 1)
    return (first...last).filter { $0 % stride == 0 }.map { pow(10, Double($0)) }
      .filter { $0 >= range.low * 0.999_999 && $0 <= range.high * 1.000_001 }.map { ($0, decade($0)) }
  }

  private static func decade(_ value: Double) -> String {
    (0.000_99..<100_000).contains(value) ? NumberText.short(value) : power(value) ?? NumberText.short(value)
  }
}
