import SourceText

// Formulas with operators, by operator precedence. The operators that wait for their right operand are kept in an array, so that
// the parser's own stack grows with brackets alone.
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
  ///     Unary      = "-" Unary | Postfix [ "^" Unary ]
  mutating func expression(from loosest: Precedence) throws(Diagnostic) -> Expression {
    var pending: [PendingOperator] = []
    while true {
      try takePrefixes(into: &pending, loosest)
      let start = token.range.lowerBound
      var operand = Operand(expression: try postfix(), start: start)
      guard try takeInfix(behind: &operand, into: &pending, loosest) else { return operand.expression }
    }
  }

  /// `{ "not" | "-" }`
  private mutating func takePrefixes(into pending: inout [PendingOperator], _ loosest: Precedence) throws(Diagnostic) {
    while true {
      let operation: UnaryOperator
      if token.isSymbol(.minus) { operation = .negate } else if token.isName("not") { operation = .not } else { return }
      if operation == .not, max(loosest, pending.last?.precedence ?? .range) > .not { throw looseNot() }
      try push(.unary(operation), from: token.range.lowerBound, &pending)
    }
  }

  /// Puts together what is complete before the next operator, and takes that operator in.
  ///
  /// - Returns: false when no operator follows: the operand is then the whole expression.
  private mutating func takeInfix(
    behind operand: inout Operand, into pending: inout [PendingOperator], _ loosest: Precedence
  ) throws(Diagnostic) -> Bool {
    while let infix = infix(), infix.precedence >= loosest, !isRedirection(behind: pending) {
      try complete(&operand, before: infix.precedence, &pending)
      switch infix {
      case .range: operand.expression = try range(from: operand.expression, operand.start)
      case .predicate(.between), .predicate(.isMissing): try closePredicate(&operand)
      case .predicate(let predicate):
        try push(.predicate(predicate, subject: operand.expression), from: operand.start, &pending)
        return true
      case .binary(let operation):
        try push(.binary(operation, left: operand.expression), from: operand.start, &pending)
        return true
      }
    }
    try complete(&operand, before: .series, &pending)
    return false
  }

  /// Every operator that waits becomes a node above what follows it, so their number is bounded as the tree's height is.
  private mutating func push(
    _ kind: PendingOperator.Kind, from start: Int, _ pending: inout [PendingOperator]
  ) throws(Diagnostic) {
    guard pending.count < Self.deepestTree else { throw tooDeep(placeOfToken) }
    pending.append(PendingOperator(kind: kind, sign: span(of: token), start: start))
    try advanceOverOperator()
  }

  private mutating func complete(
    _ operand: inout Operand, before next: Precedence, _ pending: inout [PendingOperator]
  ) throws(Diagnostic) {
    while let last = pending.last, last.isComplete(before: next) {
      try refuseChain(last, operand, before: next)
      operand.expression = try make(negativeDuration(last, operand) ?? last.applied(to: operand.expression), from: last.start)
      operand.start = last.start
      operand.isPredicate = false
      pending.removeLast()
    }
    if operand.isPredicate, next == .comparison { throw chainedComparison(operand.expression, operand.expression, []) }
  }

  private func infix() -> Infix? {
    switch token.kind {
    case .symbol(.range): .range
    case .symbol(.assign) where isInQuery: .binary(.equal)
    case .symbol(let symbol): BinaryOperator(rawValue: symbol.rawValue).map(Infix.binary)
    case .name("and"): .binary(.and)
    case .name("or"): .binary(.or)
    case .name("in"): .predicate(.isIn)
    case .name("is") where isInQuery: .predicate(.isMissing)
    case .name(let name) where isInQuery: QueryPredicate(rawValue: name).map(Infix.predicate)
    default: nil
    }
  }
}

// Ranges and the predicates that are not shaped like binary operators.
extension Parser {
  /// `Range = Or ".." Or [ "step" Or ]`; among the words of a command the operands are products.
  mutating func range(
    from low: Expression, _ start: Int, operands: Precedence = .or
  ) throws(Diagnostic) -> Expression {
    let sign = span(of: token)
    try advanceOverOperator()
    try enter()
    let high = try expression(from: operands)
    var step: Expression?
    if try take(word: "step") { step = try expression(from: operands) }
    leave()
    if token.isSymbol(.range) {
      throw Diagnostic("ranges do not chain", at: placeOfToken, related: [sign], hint: "a range is `1..10` or `0..1 step 0.1`")
    }
    return try make(.range(low, high, step: step), from: start)
  }

  /// `Predicate = "in" Sum`, and in queries `"like" Sum | "contains" Sum | "between" Sum "and" Sum | "is" "missing"`; here the
  /// last two.
  private mutating func closePredicate(_ operand: inout Operand) throws(Diagnostic) {
    let isBetween = token.isName("between")
    try advanceOverOperator()
    var bounds: [Expression] = []
    if isBetween {
      try enter()
      bounds.append(try expression(from: .sum))
      guard try take(word: "and") else { throw expected("`and` and the upper bound of `between`") }
      bounds.append(try expression(from: .sum))
      leave()
    } else {
      guard try take(word: "missing") else { throw expected("`missing` behind `is`", hint: "`=` compares") }
    }
    let predicate: QueryPredicate = isBetween ? .between : .isMissing
    operand.expression = try make(.predicate(predicate, operand.expression, bounds), from: operand.start)
    operand.isPredicate = true
  }

  /// In a query `-7d` is one text, as `7d` is.
  private func negativeDuration(_ sign: PendingOperator, _ operand: Operand) -> Expression.Kind? {
    guard isInQuery, case .unary(.negate) = sign.kind, case .string(let text) = operand.expression.kind,
      operand.expression.span.text.first?.isNumber ?? false
    else { return nil }
    return .string("-" + text)
  }

  /// Behind a comparison in a query, `> "file"` is where the answer goes.
  private func isRedirection(behind pending: [PendingOperator]) -> Bool {
    guard isInQuery, token.isSymbol(.greater), case .string = following()?.kind else { return false }
    return pending.contains { $0.precedence == .comparison }
  }
}

// Operators that do not chain.
extension Parser {
  private func refuseChain(_ last: PendingOperator, _ right: Operand, before next: Precedence) throws(Diagnostic) {
    guard last.precedence == next else { return }
    switch last.kind {
    case .binary(.dot, let left): throw chainedDot(left, right.expression, last.sign)
    case .binary(_, let left) where next == .comparison, .predicate(_, let left):
      throw chainedComparison(left, right.expression, [last.sign])
    default: return
    }
  }

  private func chainedDot(_ left: Expression, _ right: Expression, _ sign: SourceSpan) -> Diagnostic {
    let (a, b, c) = (Excerpt.short(left.span.text), Excerpt.short(right.span.text), nextOperand(.product))
    return Diagnostic(
      "`.` makes a number of two vectors, so it does not chain", at: placeOfToken, related: [sign],
      hint: "write `(\(a) . \(b)) * \(c)` or `\(a) * (\(b) . \(c))`")
  }

  private func chainedComparison(_ left: Expression, _ right: Expression, _ signs: [SourceSpan]) -> Diagnostic {
    let whole = Excerpt.short(left.span.joined(with: right.span).text)
    let second = "\(Excerpt.short(right.span.text)) \(file.text(in: token.range)) \(nextOperand(.sum))"
    return Diagnostic(
      "comparisons do not chain", at: placeOfToken, related: signs,
      hint: signs.isEmpty ? "join two with `and`" : "write `\(whole) and \(second)`")
  }

  /// The user's words for the operand behind the current operator, read ahead.
  private func nextOperand(_ loosest: Precedence) -> String {
    guard !isReadingAhead else { return "…" }
    var ahead = self
    ahead.isReadingAhead = true
    guard (try? ahead.advanceOverOperator()) != nil else { return "…" }
    let start = ahead.token.range.lowerBound
    guard (try? ahead.expression(from: loosest)) != nil else { return "…" }
    return Excerpt.short(ahead.span(from: start).text)
  }

  private func looseNot() -> Diagnostic {
    Diagnostic(
      "`not` is looser than the operator before it", at: placeOfToken, hint: "put it in parentheses: `(not …)`")
  }
}
