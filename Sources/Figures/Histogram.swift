import Glibc

/// How many values lie in each of some equal stretches.
public struct Histogram: Sendable {
  public let low: Double
  public let high: Double
  public let counts: [Int]
  /// Values that are no numbers, which no bin takes.
  public let left: Int

  /// As few and as many bins as a picture bears.
  public static let binLimits = 5...60

  /// Freedman and Diaconis: bins 2·IQR/∛n wide, from 5 to 60 of them (where half of all values are one, Sturges: log₂ n + 1). The last bin
  /// takes its upper end.
  ///
  /// - Parameter bins: nil: by the rule.
  public init(_ values: [Double], bins: Int? = nil) {
    let finite = values.filter(\.isFinite).sorted()
    left = values.count - finite.count
    guard let first = finite.first, let last = finite.last else {
      (low, high, counts) = (0, 1, [])
      return
    }
    let range = AxisRange(first, last, .linear)
    (low, high) = (range.low, range.high)
    let bins = max(1, bins ?? (first == last ? 1 : Self.binCount(of: finite)))
    var counts = [Int](repeating: 0, count: bins)
    for value in finite { counts[min(bins - 1, Int((range.share(value) ?? 0) * Double(bins)))] += 1 }
    self.counts = counts
  }

  private init(low: Double, high: Double, counts: [Int], left: Int) {
    self.low = low
    self.high = high
    self.counts = counts
    self.left = left
  }

  private static func binCount(of sorted: [Double]) -> Int {
    let count = Double(sorted.count)
    let spread = quantile(0.75, of: sorted) / 2 - quantile(0.25, of: sorted) / 2
    let extent = sorted[sorted.count - 1] / 2 - sorted[0] / 2
    let byRule = (extent / (2 * spread / cbrt(count))).rounded(.up)
    let bins = spread > 0 && byRule.isFinite ? byRule : log2(count).rounded(.up) + 1
    return Int(min(max(bins, Double(binLimits.lowerBound)), Double(binLimits.upperBound)))
  }

  /// Between neighbours by proportion, as numpy does it.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let index = Int(place)
    let rest = place - Double(index)
    return rest == 0 ? sorted[index] : sorted[index] * (1 - rest) + sorted[index + 1] * rest
  }

  /// Where each bin begins, and where the last ends.
  public var edges: [Double] {
    (0...max(1, counts.count)).map { low + (high - low) * (Double($0) / Double(max(1, counts.count))) }
  }

  /// Neighbours taken together, until there are no more than `most`.
  public func merged(to most: Int) -> Histogram {
    guard counts.count > most, most > 0 else { return self }
    let together = (counts.count + most - 1) / most
    let merged = stride(from: 0, to: counts.count, by: together).map { counts[$0..<min($0 + together, counts.count)].reduce(0, +) }
    let high = low + (high - low) * Double(merged.count * together) / Double(counts.count)
    return Histogram(low: low, high: high, counts: merged, left: left)
  }
}
