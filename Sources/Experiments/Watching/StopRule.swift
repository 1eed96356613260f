import Syntax

/// `watch std < 0.001 stop "collapse"`
public struct StopRule: Sendable {
  public let condition: MetricCondition
  public let reason: String?

  public init(_ condition: MetricCondition, reason: String?) {
    self.condition = condition
    self.reason = reason
  }

  /// As it could be typed.
  public var source: String {
    "watch \(condition.expression.source) stop"
      + (reason.map { " " + Expression(.string(TextTemplate.escaping($0)), span: condition.expression.span).source } ?? "")
  }
}
