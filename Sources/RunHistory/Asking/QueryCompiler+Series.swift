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

  static let functions = ["abs": "abs", "sqrt": "sqrt", "exp": "exp", "log": "ln"]

  func call(_ callee: Expression, _ arguments: [Expression], in scope: Scope) throws(Diagnostic) -> Operand {
    guard case .name(let name) = callee.kind else { throw unsupported(callee.span) }
    guard Self.reductions[name] != nil || Self.functions[name] != nil else {
      throw Diagnostic(
        "a query on the history has no function `\(name.shortened)`", at: callee.span,
        hint: NearestNames.question(for: name, among: Array(Self.reductions.keys) + Self.functions.keys))
    }
    guard let argument = arguments.first, arguments.count == 1 else {
      throw Diagnostic("`\(name)` takes one argument here, not \(arguments.count)", at: callee.span)
    }
    if let function = Self.functions[name] { return .number("\(sql: function)(\(try number(argument, in: scope)))") }
    if let metric = argument.plainName {
      guard names.isMetric(metric.name) else { throw names.unknownMetric(metric) }
      // A run without the metric has none of its values: 0 of them.
      if name == "count" { return .number(Operand.count(of: names.metrics[metric.name])) }
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

  /// The steps `s` of a run at which a condition holds, of all at which some metric in it has a value.
  private func steps(where condition: Expression) throws(Diagnostic) -> SQL {
    let metrics = drivers(of: condition)
    guard let metric = metrics.first else {
      throw Diagnostic("the condition `\(condition.span.text.shortened)` is on no metric", at: condition.span, hint: "`first(mr < 0.1)`")
    }
    if metrics.count == 1 {
      let id = names.metrics[metric]
      let holds = try self.condition(condition, in: .step(metric: id))
      return "FROM series s WHERE s.run_id = r.id AND s.metric_id = \(id) AND \(holds)"
    }
    let ids = metrics.compactMap { names.metrics[$0] }
    let holds = try self.condition(condition, in: .step(metric: nil))
    return "FROM (SELECT DISTINCT run_id, step FROM series WHERE run_id = r.id AND metric_id IN \(ids)) s WHERE \(holds)"
  }

  /// The value of a metric, or the step itself, at the step of `s`; nil for any other name.
  func valueAtStep(_ name: String, driver: Int64?) -> SQL? {
    if name == "step" { return "s.step" }
    guard names.isMetric(name) else { return nil }
    let id = names.metrics[name]
    if let id, id == driver { return "s.value" }
    return "(SELECT value FROM series WHERE run_id = s.run_id AND metric_id = \(id) AND step = s.step)"
  }
}

// Of which metrics the steps must be gone through to find all at which a condition holds.
extension QueryCompiler {
  private func drivers(of condition: Expression) -> [String] {
    if let needed = needed(by: condition) { return needed }
    let values = metrics(in: condition, withinCalls: false)
    return values.isEmpty ? metrics(in: condition, withinCalls: true) : values
  }

  /// Metrics of which one has a value wherever the condition holds; nil where it can hold without.
  private func needed(by condition: Expression) -> [String]? {
    switch condition.kind {
    case .binary(.and, let left, let right, _):
      let sides = [needed(by: left), needed(by: right)].compactMap { $0 }
      return sides.min { $0.count < $1.count }
    case .binary(.or, let left, let right, _):
      guard let left = needed(by: left), let right = needed(by: right) else { return nil }
      return left + right.filter { !left.contains($0) }
    case .binary(.equal, let left, let right, _), .binary(.less, let left, let right, _), .binary(.lessOrEqual, let left, let right, _),
      .binary(.greater, let left, let right, _), .binary(.greaterOrEqual, let left, let right, _):
      return (measured(left) ?? measured(right)).map { [$0] }
    case .predicate(.between, let subject, _), .predicate(.isIn, let subject, _): return measured(subject).map { [$0] }
    default: return nil
    }
  }

  /// A metric without whose value the number is missing.
  private func measured(_ number: Expression) -> String? {
    if let name = number.plainName?.name { return names.isMetric(name) ? name : nil }
    return switch number.kind {
    case .unary(.negate, let operand): measured(operand)
    case .binary(.add, let left, let right, _), .binary(.subtract, let left, let right, _), .binary(.multiply, let left, let right, _),
      .binary(.divide, let left, let right, _), .binary(.power, let left, let right, _):
      measured(left) ?? measured(right)
    default: nil
    }
  }

  /// - parameter withinCalls: those of `max(mr)` too, which is no value at a step.
  private func metrics(in expression: Expression, withinCalls: Bool) -> [String] {
    var found: [String] = []
    var waiting = [expression]
    while let next = waiting.popLast() {
      if let name = next.plainName?.name, names.isMetric(name), !found.contains(name) { found.append(name) }
      if case .call(let callee, _) = next.kind, !withinCalls, Self.isReduction(callee) { continue }
      waiting.append(contentsOf: next.kind.children.reversed())
    }
    return found
  }

  private static func isReduction(_ callee: Expression) -> Bool { callee.plainName.map { reductions[$0.name] != nil } ?? false }
}
