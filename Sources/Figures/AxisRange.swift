import Glibc

/// The ends of an axis. A single value gets some room around it.
public struct AxisRange: Sendable, Equatable {
  public let low: Double
  public let high: Double
  public let scale: PlotAxis.Scale

  public init(_ values: some Sequence<Double>, _ scale: PlotAxis.Scale) {
    let axis = PlotAxis("", scale)
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where axis.shows(value) {
      low = min(low, value)
      high = max(high, value)
    }
    self.init(low, high, scale)
  }

  /// - Parameter low: above `high` where there is no value at all.
  public init(_ low: Double, _ high: Double, _ scale: PlotAxis.Scale) {
    self.scale = scale
    switch scale {
    case _ where low > high: (self.low, self.high) = scale == .log ? (1, 10) : (0, 1)
    case .linear where low == high:
      let room = max(abs(low) * 0.05, 0.5)
      (self.low, self.high) = (max(low - room, -Double.greatestFiniteMagnitude), min(high + room, .greatestFiniteMagnitude))
    case .log where low == high: (self.low, self.high) = (max(low / 2, .leastNonzeroMagnitude), min(high * 2, .greatestFiniteMagnitude))
    default: (self.low, self.high) = (low, high)
    }
  }

  /// The place of a value in 0…1; nil for what has none.
  public func share(_ value: Double) -> Double? {
    guard PlotAxis("", scale).shows(value) else { return nil }
    let share =
      switch scale {
      // In halves: the extent of ±1e308 is more than a number holds.
      case .linear: (value / 2 - low / 2) / (high / 2 - low / 2)
      case .log: (log10(value) - log10(low)) / (log10(high) - log10(low))
      }
    return share.isFinite ? min(max(share, 0), 1) : 0.5
  }
}
