import SourceText

// Formulas with operators, by precedence climbing.
extension Parser {
  /// `Expression = Or [ ".." Or [ "step" Or ] ]`
  mutating func expression() throws(Diagnostic) -> Expression { try expression(from: .range) }

  /// An expression whose outermost operator holds at least as tightly as `loosest`:
  ///
  ///     Or         = And { "or" And }
  ///     And        = Not { "and" Not }
  ///     Not        = "not" Not | Comparison
  ///     Comparison = Sum [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) Sum | Predicate ]
  ///     Sum        = Dot { ( "+" | "-" ) Dot }
  ///     Dot        = Product [ "." Product ]
  ///     Product    = Unary { ( "*" | "/" | "@" ) Unary }
  mutating func expression(from loosest: Precedence) throws(Diagnostic) -> Expression {
    let start = token.range.lowerBound
    var left = try token.isName("not") ? negation(loosest) : unary()
    while let infix = infix(), infix.precedence >= loosest {
      left = try apply(infix, to: left, from: start)
    }
    return left
  }

  /// `Not = "not" Not | Comparison`: counted, not recursed into.
  private mutating func negation(_ loosest: Precedence) throws(Diagnostic) -> Expression {
    guard loosest <= .not else {
      throw Diagnostic(
        "`not` is looser than the operator before it", at: placeOfToken, hint: "put it in parentheses: `(not …)`")
    }
    var starts: [Int] = []
    while token.isName("not") {
      starts.append(token.range.lowerBound)
      try advanceOverOperator()
    }
    var operand = try expression(from: .comparison)
    for start in starts.reversed() { operand = try make(.unary(.not, operand), from: start) }
    return operand
  }

  /// What can stand behind a whole operand.
  private enum Infix {
    case binary(BinaryOperator)
    case predicate(QueryPredicate)
    case range

    var precedence: Precedence {
      switch self {
      case .binary(let operation): operation.precedence
      case .predicate: .comparison
      case .range: .range
      }
    }
  }

  private func infix() -> Infix? {
    switch token.kind {
    case .symbol(.range): .range
    case .symbol(.assign) where isInQuery: .binary(.equal)
    // `^` belongs to `Unary`: it holds tighter than the minus before its base.
    case .symbol(.power): nil
    case .symbol(let symbol): BinaryOperator(rawValue: symbol.rawValue).map(Infix.binary)
    case .name("and"): .binary(.and)
    case .name("or"): .binary(.or)
    case .name("in"): .predicate(.isIn)
    case .name("is") where isInQuery: .predicate(.isMissing)
    case .name(let name) where isInQuery: QueryPredicate(rawValue: name).map(Infix.predicate)
    default: nil
    }
  }

  private mutating func apply(_ infix: Infix, to left: Expression, from start: Int) throws(Diagnostic) -> Expression {
    switch infix {
    case .range: try range(from: left, start)
    case .predicate(let predicate): try self.predicate(predicate, of: left, start)
    case .binary(let operation): try binary(operation, left, start)
    }
  }

  private mutating func binary(
    _ operation: BinaryOperator, _ left: Expression, _ start: Int
  ) throws(Diagnostic) -> Expression {
    let sign = span(of: token)
    try advanceOverOperator()
    let right = try expression(from: operation.precedence.tighter)
    let whole = try make(.binary(operation, left, right, operator: sign), from: start)
    switch operation.precedence {
    case .dot where token.isSymbol(.dot): throw chainedDot(left, right, sign)
    case .comparison: try refuseChain(whole, right, sign)
    default: break
    }
    return whole
  }

  /// `Range = Or ".." Or [ "step" Or ]`; among the words of a command the operands are products.
  mutating func range(
    from low: Expression, _ start: Int, operands: Precedence = .or
  ) throws(Diagnostic) -> Expression {
    let sign = span(of: token)
    try advanceOverOperator()
    let high = try expression(from: operands)
    var step: Expression?
    if try take(word: "step") { step = try expression(from: operands) }
    if token.isSymbol(.range) {
      throw Diagnostic("ranges do not chain", at: placeOfToken, related: [sign], hint: "a range is `1..10` or `0..1 step 0.1`")
    }
    return try make(.range(low, high, step: step), from: start)
  }

  /// `Unary = { "-" } Postfix [ "^" Unary ]`: the minus signs are counted, not recursed into.
  private mutating func unary() throws(Diagnostic) -> Expression {
    var starts: [Int] = []
    while token.isSymbol(.minus) {
      starts.append(token.range.lowerBound)
      try advanceOverOperator()
    }
    var operand = try power()
    if isInQuery, let start = starts.popLast() { operand = try negated(operand, from: start) }
    for start in starts.reversed() { operand = try make(.unary(.negate, operand), from: start) }
    return operand
  }

  /// In a query `-7d` is one text, as `7d` is.
  private func negated(_ operand: Expression, from start: Int) throws(Diagnostic) -> Expression {
    if case .string(let text) = operand.kind, operand.span.text.first?.isNumber ?? false {
      return try make(.string("-" + text), from: start)
    }
    return try make(.unary(.negate, operand), from: start)
  }

  private mutating func power() throws(Diagnostic) -> Expression {
    let start = token.range.lowerBound
    let base = try postfix()
    guard token.isSymbol(.power) else { return base }
    let sign = span(of: token)
    try advanceOverOperator()
    try enter()
    let exponent = try unary()
    leave()
    return try make(.binary(.power, base, exponent, operator: sign), from: start)
  }
}

// Operators that do not chain, and predicates.
extension Parser {
  private func chainedDot(_ left: Expression, _ right: Expression, _ sign: SourceSpan) -> Diagnostic {
    let (a, b, c) = (Excerpt.short(left.span.text), Excerpt.short(right.span.text), nextOperand(.product))
    return Diagnostic(
      "`.` makes a number of two vectors, so it does not chain", at: placeOfToken, related: [sign],
      hint: "write `(\(a) . \(b)) * \(c)` or `\(a) * (\(b) . \(c))`")
  }

  /// `a < b < c`; but behind a comparison in a query, `> "file"` is where the answer goes.
  private func refuseChain(_ comparison: Expression, _ right: Expression, _ sign: SourceSpan) throws(Diagnostic) {
    guard let infix = infix(), infix.precedence == .comparison, !isRedirection() else { return }
    let second = "\(Excerpt.short(right.span.text)) \(file.text(in: token.range)) \(nextOperand(.sum))"
    throw Diagnostic(
      "comparisons do not chain", at: placeOfToken, related: [sign],
      hint: "write `\(Excerpt.short(comparison.span.text)) and \(second)`")
  }

  /// The user's words for the operand behind the current operator, read ahead.
  private func nextOperand(_ loosest: Precedence) -> String {
    var ahead = self
    guard !isReadingAhead else { return "…" }
    ahead.isReadingAhead = true
    guard (try? ahead.advanceOverOperator()) != nil else { return "…" }
    let start = ahead.token.range.lowerBound
    guard (try? ahead.expression(from: loosest)) != nil else { return "…" }
    return Excerpt.short(ahead.span(from: start).text)
  }

  private func isRedirection() -> Bool {
    guard isInQuery, token.isSymbol(.greater), case .string = following()?.kind else { return false }
    return true
  }

  /// `Predicate = "in" Sum`, and in queries `"like" Sum | "contains" Sum | "between" Sum "and" Sum | "is" "missing"`
  private mutating func predicate(
    _ predicate: QueryPredicate, of subject: Expression, _ start: Int
  ) throws(Diagnostic) -> Expression {
    let sign = span(of: token)
    try advanceOverOperator()
    var operands: [Expression] = []
    switch predicate {
    case .isIn, .like, .contains: operands = [try expression(from: .sum)]
    case .between: operands = try bounds()
    case .isMissing:
      guard try take(word: "missing") else { throw expected("`missing` behind `is`", hint: "`=` compares") }
    }
    let whole = try make(.predicate(predicate, subject, operands), from: start)
    try refuseChain(whole, operands.last ?? subject, sign)
    return whole
  }

  private mutating func bounds() throws(Diagnostic) -> [Expression] {
    let low = try expression(from: .sum)
    guard try take(word: "and") else { throw expected("`and` and the upper bound of `between`") }
    return [low, try expression(from: .sum)]
  }
}
