import Glibc
import SourceText
import Syntax

/// A condition on the metrics of a run while it trains: `std < 0.001`, `loss > 10 or top1 < 12 and epoch > 3`.
///
/// A metric that has not been measured yet is unknown, and so is what needs it: `or` holds where one side does, `and` fails where one side does,
/// and an unknown condition does not hold.
public struct MetricCondition: Sendable {
  public let expression: Expression

  /// - Throws: at what is no comparison of metrics and numbers.
  public init(_ expression: Expression) throws(Diagnostic) {
    self.expression = expression
    try Self.checkTruth(expression)
  }

  /// The metrics that it asks for, with their places.
  public var names: [(name: String, site: SourceSpan)] { Self.names(in: expression) }

  public func holds(_ metrics: (String) -> Double?) -> Bool { Self.truth(expression, metrics) == true }

  // MARK: - What can be written

  private static let functions: [String: @Sendable (Double) -> Double] = ["abs": { abs($0) }, "log": { log($0) }, "sqrt": { $0.squareRoot() }]
  private static let hint = "a condition compares metrics: `std < 0.001`, `loss > 10 or epoch > 3 and top1 < 12`"

  private static func checkTruth(_ expression: Expression) throws(Diagnostic) {
    switch expression.kind {
    case .unary(.not, let operand): try checkTruth(operand)
    case .binary(.or, let left, let right, _), .binary(.and, let left, let right, _):
      try checkTruth(left)
      try checkTruth(right)
    case .binary(let comparison, let left, let right, _) where comparison.comparison != nil:
      try checkNumber(left)
      try checkNumber(right)
    default: throw Diagnostic("`\(expression.span.text.shortened)` is neither true nor false", at: expression.span, hint: hint)
    }
  }

  private static func checkNumber(_ expression: Expression) throws(Diagnostic) {
    switch expression.kind {
    case .number, .name: return
    case .unary(.negate, let operand): try checkNumber(operand)
    case .binary(let sign, let left, let right, _) where sign.arithmetic != nil:
      try checkNumber(left)
      try checkNumber(right)
    case .call(let callee, let arguments) where arguments.count == 1 && function(callee) != nil: try checkNumber(arguments[0])
    default: throw Diagnostic("`\(expression.span.text.shortened)` is no metric and no number", at: expression.span, hint: hint)
    }
  }

  private static func function(_ callee: Expression) -> (@Sendable (Double) -> Double)? {
    if case .name(let name) = callee.kind { functions[name] } else { nil }
  }

  private static func names(in expression: Expression) -> [(name: String, site: SourceSpan)] {
    switch expression.kind {
    case .name(let name): [(name, expression.span)]
    case .call(_, let arguments): arguments.flatMap(names)
    default: expression.kind.children.flatMap(names)
    }
  }

  // MARK: - What it comes to

  private static func truth(_ expression: Expression, _ metrics: (String) -> Double?) -> Bool? {
    switch expression.kind {
    case .unary(.not, let operand): return truth(operand, metrics).map { !$0 }
    case .binary(.or, let left, let right, _):
      let sides = [truth(left, metrics), truth(right, metrics)]
      return sides.contains(true) ? true : sides.contains(nil) ? nil : false
    case .binary(.and, let left, let right, _):
      let sides = [truth(left, metrics), truth(right, metrics)]
      return sides.contains(false) ? false : sides.contains(nil) ? nil : true
    case .binary(let sign, let left, let right, _):
      guard let compare = sign.comparison, let left = number(left, metrics), let right = number(right, metrics) else { return nil }
      return compare(left, right)
    default: return nil
    }
  }

  private static func number(_ expression: Expression, _ metrics: (String) -> Double?) -> Double? {
    switch expression.kind {
    case .number(let number): return number
    case .name(let name): return metrics(name)
    case .unary(_, let operand): return number(operand, metrics).map { -$0 }
    case .binary(let sign, let left, let right, _):
      guard let compute = sign.arithmetic, let left = number(left, metrics), let right = number(right, metrics) else { return nil }
      return compute(left, right)
    case .call(let callee, let arguments):
      guard let function = function(callee), let argument = number(arguments[0], metrics) else { return nil }
      return function(argument)
    default: return nil
    }
  }
}

extension BinaryOperator {
  fileprivate var comparison: ((Double, Double) -> Bool)? {
    switch self {
    case .equal: (==)
    case .notEqual: (!=)
    case .less: (<)
    case .lessOrEqual: (<=)
    case .greater: (>)
    case .greaterOrEqual: (>=)
    default: nil
    }
  }

  fileprivate var arithmetic: ((Double, Double) -> Double)? {
    switch self {
    case .add: (+)
    case .subtract: (-)
    case .multiply: (*)
    case .divide: (/)
    case .power: { pow($0, $1) }
    default: nil
    }
  }
}
