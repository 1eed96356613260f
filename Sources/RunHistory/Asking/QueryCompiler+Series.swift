import GRDB
import SourceText
import Syntax

extension QueryCompiler {
  /// What a summary keeps of a metric, by the name of its function.
  static let reductions: [String: SQL] = [
    "first": "first_value", "last": "last_value", "min": "min_value", "max": "max_value", "argmin": "min_step",
    "argmax": "max_step",
    "count": "count", "mean": "finite_sum / nullif(count - nan_count - infinite_count, 0)"
  ]

  /// Over the steps at which a condition holds.
  private static let stepReductions: [String: SQL] = ["first": "min(s.step)", "last": "max(s.step)", "count": "count(*)"]

  private static let functions = ["abs": "abs", "sqrt": "sqrt", "exp": "exp", "log": "ln"]

  func call(_ callee: Expression, _ arguments: [Expression], in scope: Scope) throws(Diagnostic) -> Operand {
    guard case .name(let name) = callee.kind else { throw unsupported(callee.span) }
    guard Self.reductions[name] != nil || Self.functions[name] != nil else {
      throw Diagnostic(
        "a query on the history has no function `\(name)`", at: callee.span,
        hint: NearestNames.question(for: name, among: Array(Self.reductions.keys) + Self.functions.keys))
    }
    guard let argument = arguments.first, arguments.count == 1 else {
      throw Diagnostic("`\(name)` takes one argument here, not \(arguments.count)", at: callee.span)
    }
    if let function = Self.functions[name] { return .number("\(sql: function)(\(try number(argument, in: scope)))") }
    if let metric = argument.plainName {
      guard names.isMetric(metric.name) else { throw names.unknownMetric(metric) }
      return .metric(names.metrics[metric.name], Self.reductions[name] ?? "NULL")
    }
    guard let reduction = Self.stepReductions[name] else {
      throw Diagnostic(
        "`\(name)` takes a metric here", at: argument.span,
        hint: "`\(name)(mr)`; `first`, `last` and `count` take a condition as well")
    }
    return .number("(SELECT \(reduction) \(try steps(where: argument)))")
  }

  /// `first(P) < n`: only the steps before n are looked at. Nil for any other comparison.
  func earlyStep(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, in scope: Scope
  ) throws(Diagnostic) -> SQL? {
    let (call, bound, symbol) = symbol == .less || symbol == .lessOrEqual ? (left, right, symbol) : (right, left, symbol.mirrored)
    guard scope == .run, symbol == .less || symbol == .lessOrEqual, case .call(let callee, let arguments) = call.kind,
      case .name("first") = callee.kind, arguments.count == 1, arguments[0].plainName == nil
    else { return nil }
    let limit = try number(bound, in: scope)
    return "EXISTS (SELECT 1 \(try steps(where: arguments[0])) AND s.step \(sql: symbol.sql) \(limit))"
  }

  /// The rows `s` of a run's series at which a condition holds: those of its first metric; the others are looked up beside it.
  private func steps(where condition: Expression) throws(Diagnostic) -> SQL {
    guard let metric = firstMetric(in: condition) else {
      throw Diagnostic("the condition `\(condition.span.text)` is on no metric", at: condition.span, hint: "`first(mr < 0.1)`")
    }
    let id = names.metrics[metric]
    let holds = try self.condition(condition, in: .step(metric: id))
    return "FROM series s WHERE s.run_id = r.id AND s.metric_id = \(id) AND \(holds)"
  }

  /// The value of a metric, or the step itself, at the step of `s`; nil for any other name.
  func valueAtStep(_ name: String, driver: Int64?) -> SQL? {
    if name == "step" { return "s.step" }
    guard names.isMetric(name) else { return nil }
    let id = names.metrics[name]
    if id == driver { return "s.value" }
    return "(SELECT value FROM series WHERE run_id = s.run_id AND metric_id = \(id) AND step = s.step)"
  }

  private func firstMetric(in expression: Expression) -> String? {
    var waiting = [expression]
    while let next = waiting.popLast() {
      if let name = next.plainName?.name, names.isMetric(name) { return name }
      waiting.append(contentsOf: next.kind.children.reversed())
    }
    return nil
  }
}
