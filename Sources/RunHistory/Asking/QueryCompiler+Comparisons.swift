import GRDB
import SourceText
import Syntax

extension QueryCompiler {
  /// What the other side of a comparison makes of a bare word.
  private enum Facing { case date, text, setting, string, anything }

  func comparison(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, at place: SourceSpan, in scope: Scope
  ) throws(Diagnostic) -> SQL {
    if let early = try earlyStep(symbol, left, right, in: scope) { return early }
    if symbol == .equal || symbol == .notEqual {
      try checkWord(right, of: left)
      try checkWord(left, of: right)
    }
    switch (facing(left), facing(right)) {
    case (.date, .date): break
    case (.date, _): return try dateComparison(symbol, left, date(right), in: scope)
    case (_, .date): return try dateComparison(symbol.mirrored, right, date(left), in: scope)
    default: break
    }
    let leftOperand = try comparand(left, facing: facing(right), in: scope)
    let rightOperand = try comparand(right, facing: facing(left), in: scope)
    return try compare(symbol, (left, leftOperand), (right, rightOperand), at: place)
  }

  /// The side of a comparison, where a bare word beside something textual is that word: `tag = table3`, `state = finished`.
  private func comparand(_ expression: Expression, facing other: Facing, in scope: Scope) throws(Diagnostic) -> Operand {
    if let name = expression.plainName {
      switch other {
      case .text where facing(expression) != .text || !names.isKnown(name.name): return .text("\(name.name)")
      case .setting where !names.isKnown(name.name): return .text("\(name.name)")
      case .string where names.isFormula(name.name): return .text(Self.formulaText(name.name))
      default: break
      }
    }
    return try operand(expression, in: scope)
  }

  /// Columns that hold one of a few words. Another word would find nothing, and not say why.
  private static let words = ["state": RunState.allCases.map(\.rawValue), "verdict": ["full", "partial", "no", "diverged"]]

  private func checkWord(_ word: Expression, of column: Expression) throws(Diagnostic) {
    guard let name = column.plainName?.name, let words = Self.words[name] else { return }
    let typed: String
    switch word.kind {
    case .string(let text): typed = text
    case .name(let text) where facing(word) != .text: typed = text
    default: return
    }
    guard !words.contains(typed) else { return }
    let isFlag = if case .condition? = RunColumn.named(typed) { true } else { false }
    throw Diagnostic(
      "`\(name)` is never `\(typed.shortened)`", at: word.span,
      hint: isFlag
        ? "`\(typed)` alone is true of such runs; `\(name)` is \(NearestNames.alternatives(words))"
        : NearestNames.question(for: typed, among: words) ?? "it is \(NearestNames.alternatives(words))")
  }

  private func facing(_ expression: Expression) -> Facing {
    if case .string = expression.kind { return .string }
    guard let name = expression.plainName?.name else { return .anything }
    switch RunColumn.named(name) {
    case .text, .labels: return .text
    case .date: return .date
    case .some: return .anything
    case nil: return names.isSetting(name) ? .setting : .anything
    }
  }

  private typealias Side = (expression: Expression, operand: Operand)

  private func compare(_ symbol: BinaryOperator, _ left: Side, _ right: Side, at place: SourceSpan) throws(Diagnostic) -> SQL {
    if case .labels(let rows) = left.operand { return try labelled(rows, symbol, right) }
    if case .labels(let rows) = right.operand { return try labelled(rows, symbol.mirrored, left) }
    if left.operand.isText || right.operand.isText, let left = left.operand.text, let right = right.operand.text {
      return symbol.holds(left, right)
    }
    guard let leftNumber = left.operand.number, let rightNumber = right.operand.number else {
      throw mismatch(left, right, at: place)
    }
    if let leftText = left.operand.text, let rightText = right.operand.text {
      return symbol.holds(of: [(leftNumber, rightNumber), (leftText, rightText)])
    }
    return symbol.holds(leftNumber, rightNumber)
  }

  private func mismatch(_ left: Side, _ right: Side, at place: SourceSpan) -> Diagnostic {
    func said(_ side: Side) -> String { "`\(side.expression.span.text.shortened)` is \(side.operand.kindName)" }
    return Diagnostic(
      "\(said(left)) and \(said(right)): they cannot be compared", at: place,
      related: [left.expression.span, right.expression.span])
  }

  /// True when one of the run's labels compares so; of `!=`, when none is equal.
  private func labelled(_ rows: SQL, _ symbol: BinaryOperator, _ other: Side) throws(Diagnostic) -> SQL {
    let text = try labelText(other)
    if symbol == .notEqual { return "NOT EXISTS (SELECT 1 FROM (\(rows)) WHERE label = \(text))" }
    return "EXISTS (SELECT 1 FROM (\(rows)) WHERE label \(sql: symbol.sql) \(text))"
  }

  /// What a label is compared with.
  func labelText(_ expression: Expression, in scope: Scope) throws(Diagnostic) -> SQL {
    try labelText((expression, try comparand(expression, facing: .text, in: scope)))
  }

  private func labelText(_ side: Side) throws(Diagnostic) -> SQL {
    if let text = side.operand.text { return text }
    if case .labels = side.operand {
      throw Diagnostic("notes and tags are compared with text, not with one another", at: side.expression.span)
    }
    throw Diagnostic("`\(side.expression.span.text.shortened)` is \(side.operand.kindName), not text", at: side.expression.span)
  }

  private func date(_ expression: Expression) throws(Diagnostic) -> DateLiteral {
    // The user's own words: to the parser `2026-11-01` is a subtraction.
    let text = if case .string(let string) = expression.kind { string } else { expression.span.text }
    if let date = DateLiteral(text) { return date }
    throw Diagnostic(
      "`\(expression.span.text.shortened)` is no date", at: expression.span,
      hint: "write `\"2026-11-01\"`, `\"2026-11-01 14:30\"`, `today`, or how long ago: `-7d` (also `s min h w month y`)")
  }

  /// A date is a stretch of time, a day or a month: after it is after its end, before it is before its start.
  private func dateComparison(
    _ symbol: BinaryOperator, _ column: Expression, _ date: DateLiteral, in scope: Scope
  ) throws(Diagnostic) -> SQL {
    guard case .date(let moment) = try operand(column, in: scope) else { throw unsupported(column.span) }
    return switch symbol {
    case .less: "(\(moment) < \(date.start))"
    case .greaterOrEqual: "(\(moment) >= \(date.start))"
    case .greater: "(\(moment) >= \(date.end))"
    case .lessOrEqual: "(\(moment) < \(date.end))"
    case .notEqual: "((\(moment) >= \(date.start) AND \(moment) < \(date.end)) IS NOT TRUE)"
    default: "(\(moment) >= \(date.start) AND \(moment) < \(date.end))"
    }
  }
}

extension Operand {
  fileprivate var isText: Bool { if case .text = self { true } else { false } }
}

extension BinaryOperator {
  /// As SQL writes it.
  var sql: String { self == .equal ? "=" : rawValue }

  /// Unlike SQL's `<>`, `!=` is true where a side is missing.
  func holds(_ left: SQL, _ right: SQL) -> SQL { holds(of: [(left, right)]) }

  /// Of values in several columns: those in one column are compared with each other.
  func holds(of columns: [(SQL, SQL)]) -> SQL {
    let isNegated = self == .notEqual
    let sign = isNegated ? BinaryOperator.equal.sql : sql
    let comparisons = columns.map { left, right -> SQL in "(\(left) \(sql: sign) \(right))" }
    let any: SQL = comparisons.count == 1 ? comparisons[0] : "(\(comparisons.joined(separator: " OR ")))"
    return isNegated ? "(\(any) IS NOT TRUE)" : any
  }

  /// `a < b` is `b > a`.
  var mirrored: BinaryOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: self
    }
  }
}
