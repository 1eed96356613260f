import GRDB
import SourceText
import Syntax

extension QueryCompiler {
  func predicate(
    _ predicate: QueryPredicate, _ subject: Expression, _ operands: [Expression], in scope: Scope
  ) throws(Diagnostic) -> SQL {
    switch predicate {
    case .isIn: try membership(of: subject, in: operands, scope)
    case .between: try between(subject, operands, in: scope)
    case .like: try like(subject, operands, in: scope)
    case .contains: try contains(subject, operands, in: scope)
    case .isMissing: try textual(subject, in: scope).isMissing
    }
  }

  /// `x in [a, b]`, `x in 1..10`
  private func membership(of subject: Expression, in operands: [Expression], _ scope: Scope) throws(Diagnostic) -> SQL {
    var items = operands
    if operands.count == 1, case .list(let listed) = operands[0].kind { items = listed }
    if items.isEmpty { return "0" }
    var choices: [SQL] = []
    for item in items {
      if case .range(let low, let high, step: nil) = item.kind {
        choices.append(try between(subject, [low, high], in: scope))
      } else {
        choices.append(try comparison(.equal, subject, item, at: item.span, in: scope))
      }
    }
    return "(\(choices.joined(separator: " OR ")))"
  }

  private func between(_ subject: Expression, _ bounds: [Expression], in scope: Scope) throws(Diagnostic) -> SQL {
    guard bounds.count == 2 else { throw unsupported(subject.span) }
    if case .labels(let rows) = try operand(subject, in: scope) { return try labelBetween(rows, bounds, in: scope) }
    let low = try comparison(.greaterOrEqual, subject, bounds[0], at: subject.span, in: scope)
    let high = try comparison(.lessOrEqual, subject, bounds[1], at: subject.span, in: scope)
    return "(\(low) AND \(high))"
  }

  /// True when one of the run's labels lies there: not one above the low bound and another below the high one.
  private func labelBetween(_ rows: SQL, _ bounds: [Expression], in scope: Scope) throws(Diagnostic) -> SQL {
    let texts = try bounds.map { bound throws(Diagnostic) in try labelText(bound, in: scope) }
    return "EXISTS (SELECT 1 FROM (\(rows)) WHERE label BETWEEN \(texts[0]) AND \(texts[1]))"
  }

  /// SQL's pattern: `%` is any text, `_` any letter, without regard to case; `*` is any text as well, unless there is a `%`.
  private func like(_ subject: Expression, _ operands: [Expression], in scope: Scope) throws(Diagnostic) -> SQL {
    guard let operand = operands.first, case .string(let typed) = operand.kind else {
      throw Diagnostic(
        "`like` takes a pattern in quotes", at: operands.first?.span ?? subject.span,
        hint: "`\(subject.span.text.shortened) like \"triplet%\"`")
    }
    let pattern = typed.contains("%") ? typed : typed.replacing("*", with: "%")
    return try search(subject, in: scope) { "(\($0) LIKE \(pattern))" }
  }

  /// A formula contains an expression; a text contains a string.
  private func contains(_ subject: Expression, _ operands: [Expression], in scope: Scope) throws(Diagnostic) -> SQL {
    guard let operand = operands.first else { throw unsupported(subject.span) }
    if case .string(let part) = operand.kind { return try search(subject, in: scope) { "(instr(\($0), \(part)) > 0)" } }
    guard let name = subject.plainName, names.isFormula(name.name) else {
      throw Diagnostic(
        "`contains` searches a formula for an expression, or text for a string: `\(subject.span.text.shortened)` is no formula",
        at: subject.span, hint: NearestNames.question(for: subject.span.text, among: names.formulas.union(["loss"])))
    }
    let pattern = CanonicalTree(operand).text
    return """
      EXISTS (SELECT 1 FROM formula_trees WHERE run_id = r.id AND name = \(name.name)
        AND tree_id IN (SELECT id FROM trees WHERE siam_contains(text, \(pattern))))
      """
  }

  /// A test of a text, or of any of a run's labels.
  private func search(_ subject: Expression, in scope: Scope, _ test: (SQL) -> SQL) throws(Diagnostic) -> SQL {
    let operand = try textual(subject, in: scope)
    if case .labels(let rows) = operand { return "EXISTS (SELECT 1 FROM (\(rows)) WHERE \(test("label")))" }
    guard let text = operand.text else {
      throw Diagnostic("`\(subject.span.text.shortened)` is \(operand.kindName), not text", at: subject.span)
    }
    return test(text)
  }

  /// An operand, where a formula's name is the formula, not the metric of the same name.
  func textual(_ expression: Expression, in scope: Scope = .run) throws(Diagnostic) -> Operand {
    if scope == .run, let name = expression.plainName, names.isFormula(name.name), RunColumn.named(name.name) == nil {
      return .text(Self.formulaText(name.name))
    }
    return try operand(expression, in: scope)
  }
}
