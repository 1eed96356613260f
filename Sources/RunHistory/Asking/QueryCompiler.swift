import GRDB
import SourceText
import Syntax

/// Turns the expressions of a `history` statement into SQL. Everything the user typed is bound as a value or looked up in a
/// list of names; none of it becomes part of the SQL text.
///
///     condition   ← condition ("and" | "or") condition | "not" condition | comparison | flag
///     comparison  ← value (= != < <= > >=) value | value "in" list | value "between" value "and" value
///                 | value "like" string | value "is missing" | formula "contains" expression
///     value       ← number | string | date | name | REDUCTION "(" metric ")" | first|last|count "(" condition ")" | arithmetic
///
/// What a run does not have, and a NaN, compare as nothing does: `=` and `<` are false of them, so `!=` and `not` are true. A run is
/// therefore either among those of `where P` or among those of `where not P`.
struct QueryCompiler {
  /// Where names are looked up: in the run as a whole, or at one step of its series.
  enum Scope: Equatable {
    case run
    /// `s` is the row of this metric at the step.
    case step(metric: Int64?)
  }

  let names: NameCatalog

  func condition(_ expression: Expression, in scope: Scope = .run) throws(Diagnostic) -> SQL {
    let operand = try operand(expression, in: scope)
    if case .condition(let sql) = operand { return sql }
    guard let number = operand.number else {
      throw Diagnostic(
        "`\(expression.span.text.shortened)` is \(operand.kindName), not a condition", at: expression.span,
        hint: "compare it: `\(expression.span.text.shortened) = \"…\"`")
    }
    return "((\(number)) <> 0)"
  }

  func number(_ expression: Expression, in scope: Scope) throws(Diagnostic) -> SQL {
    let operand = try operand(expression, in: scope)
    if let sql = operand.number { return sql }
    throw Diagnostic("`\(expression.span.text.shortened)` is \(operand.kindName), not a number", at: expression.span)
  }

  func operand(_ expression: Expression, in scope: Scope = .run) throws(Diagnostic) -> Operand {
    if let name = expression.plainName { return try named(name, in: scope) }
    switch expression.kind {
    case .number(let number): return .number("\(number)")
    case .string(let text): return .text("\(text)")
    case .unary(.not, let operand): return .condition("(\(try condition(operand, in: scope)) IS NOT TRUE)")
    case .unary(.negate, let operand): return .number("(- \(try number(operand, in: scope)))")
    case .binary(let symbol, let left, let right, let place):
      return try binary(symbol, left, right, at: place, in: scope)
    case .call(let callee, let arguments): return try call(callee, arguments, in: scope)
    case .predicate(let predicate, let subject, let operands):
      return .condition(try self.predicate(predicate, subject, operands, in: scope))
    default: throw unsupported(expression.span)
    }
  }

  func unsupported(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "a query on the history cannot use `\(span.text.shortened)`", at: span,
      hint: "it knows names, numbers, strings, dates, `and or not`, comparisons, `in between like contains`, `is missing`, "
        + "`+ - * / ^`, and `first last min max mean argmin argmax count` of a metric")
  }

  private func named(_ name: Binder, in scope: Scope) throws(Diagnostic) -> Operand {
    if case .step(let metric) = scope, let value = valueAtStep(name.name, driver: metric) { return .number(value) }
    if let column = RunColumn.named(name.name) { return column }
    if names.isSetting(name.name) && name.name != "loss" { return .setting(name.name) }
    if names.isMetric(name.name) { return .metric(names.metrics[name.name], "last_value") }
    if names.isFormula(name.name) { return .text(Self.formulaText(name.name)) }
    throw names.unknown(name)
  }

  static func formulaText(_ name: String) -> SQL { "(SELECT typed FROM formulas WHERE run_id = r.id AND name = \(name))" }

  private func binary(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, at place: SourceSpan, in scope: Scope
  ) throws(Diagnostic) -> Operand {
    switch symbol {
    case .and, .or: return .condition(try junction(symbol, left, right, in: scope))
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return .condition(try comparison(symbol, left, right, at: place, in: scope))
    case .add, .subtract, .multiply, .divide, .power:
      return .number(try arithmetic(symbol, left, right, in: scope))
    case .dot, .matrixProduct: throw unsupported(place)
    }
  }

  /// `a or b or c` without inner parentheses, of which SQLite's parser takes a hundred only.
  private func junction(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, in scope: Scope
  ) throws(Diagnostic) -> SQL {
    var conditions = [try condition(right, in: scope)]
    var rest = left
    while case .binary(symbol, let left, let right, _) = rest.kind {
      conditions.append(try condition(right, in: scope))
      rest = left
    }
    conditions.append(try condition(rest, in: scope))
    return "(\(conditions.reversed().joined(separator: symbol == .and ? " AND " : " OR ")))"
  }

  private func arithmetic(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, in scope: Scope
  ) throws(Diagnostic) -> SQL {
    let left = try number(left, in: scope)
    let right = try number(right, in: scope)
    // SQLite divides whole numbers without a remainder.
    return switch symbol {
    case .divide: "(1.0 * \(left) / \(right))"
    case .power: "pow(\(left), \(right))"
    default: "(\(left) \(sql: symbol.rawValue) \(right))"
    }
  }
}

extension Expression {
  /// A name, or names joined by dots, as settings have them: `augment.crop`.
  var plainName: Binder? {
    switch kind {
    case .name(let name): Binder(name, span)
    case .member(let base, let name): base.plainName.map { Binder("\($0.name).\(name)", span) }
    case .binary(.dot, let left, let right, _):
      if let left = left.plainName, let right = right.plainName { Binder("\(left.name).\(right.name)", span) } else { nil }
    default: nil
    }
  }
}
