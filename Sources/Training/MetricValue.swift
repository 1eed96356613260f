/// A named number of a step or an epoch.
public struct MetricValue: Hashable, Sendable {
  public let name: String
  public let value: Double

  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

extension [MetricValue] {
  /// The value called `name`.
  public subscript(_ name: String) -> Double? { first { $0.name == name }?.value }
}
