import SourceText

// Pictures, and what is watched while a run trains.
extension Parser {
  /// `Plot = "plot" [ PlotKind ] ExpressionList { PlotClause }`, each clause and option once, in any order.
  mutating func plot() throws(Diagnostic) -> Statement.Kind { .plot(try plotted(in: PlotStatement.Clause.allCases)) }

  /// `PlotClause = "of" Value { [ "," ] Value } | "against" NAME "in" Expression | Sample | "to" STRING | NAME "=" Value`
  private mutating func plotted(in clauses: [PlotStatement.Clause]) throws(Diagnostic) -> PlotStatement {
    let kind = try plotKind()
    var statement = PlotStatement(kind, expressions: try plottedExpressions())
    let words = clauses.map(\.rawValue)
    var seen: Set<String> = []
    while !isAtStatementEnd {
      guard let word = token.name else { throw unknownClause(words) }
      if following()?.isSymbol(.assign) == true {
        try checkOnce(word, &seen)
        statement.options.append(try plotOption())
        continue
      }
      guard let clause = PlotStatement.Clause(rawValue: word), clauses.contains(clause) else { throw unknownClause(words) }
      try checkOnce(word, &seen)
      switch clause {
      case .of: statement.runs = try runs(before: words)
      case .against: statement.against = try sweep()
      case .on: statement.sample = try sample()
      case .to:
        try advance()
        statement.file = try takeFileName("the file behind `to`")
      }
    }
    return statement
  }

  /// `PlotKind = "spectrum" | "embedding" | "histogram" | "matrix"`, with an expression behind it: `plot matrix of 41` is of a metric called so.
  private mutating func plotKind() throws(Diagnostic) -> PlotStatement.PlotKind {
    guard let kind = token.name.flatMap(PlotStatement.PlotKind.init(rawValue:)), kind != .curves, let next = following() else { return .curves }
    switch next.kind {
    case .name(let word) where word != "not" && (Self.reservedWords.contains(word) || PlotStatement.Clause(rawValue: word) != nil): return .curves
    case .name: if isOptionNext() { return .curves }
    case .symbol(.leftParenthesis), .symbol(.leftBracket): if !next.followsSpace { return .curves }
    // `-x` behind a blank is of another expression, ` - x` goes on with this one.
    case .symbol(.minus): if !next.followsSpace || file.bytes[next.range.upperBound...].first == UInt8(ascii: " ") { return .curves }
    case .number, .string: break
    default: return .curves
    }
    try advance()
    return kind
  }

  /// Whether the two tokens behind the current one are a name and `=`.
  private func isOptionNext() -> Bool {
    var ahead = lexer
    return (try? ahead.next())?.name != nil && (try? ahead.next())?.isSymbol(.assign) == true
  }

  /// `ExpressionList`, in which a name with `=` behind it is an option.
  private mutating func plottedExpressions() throws(Diagnostic) -> [Expression] {
    let clauses = Set(PlotStatement.Clause.allCases.map(\.rawValue))
    var list: [Expression] = []
    repeat {
      list.append(try expression())
      while let last = list.last, last.isName, let name = token.name, !clauses.contains(name), !Self.reservedWords.contains(name),
        following()?.isSymbol(.assign) != true
      {
        list.append(try expression())
      }
    } while try takeComma()
    return list
  }

  private mutating func plotOption() throws(Diagnostic) -> (Binder, Expression) {
    let key = try takeBinder("an option")
    try advanceOverOperator()
    guard beginsExpression else { throw expected("the value of `\(Excerpt.short(key.name))`") }
    return (key, try value())
  }

  private mutating func sweep() throws(Diagnostic) -> (Binder, Expression) {
    try advance()
    let variable = try takeBinder("the name to sweep")
    guard try take(word: "in") else { throw expected("`in` and a range", hint: "`against eta in -1..1`") }
    return (variable, try expression())
  }

  /// `Watch = "watch" ( "off" | "plot" ExpressionList { NAME "=" Value } | Or "stop" [ Expression ] )`
  mutating func watch() throws(Diagnostic) -> Statement.Kind {
    if token.isName("off"), following().map(Self.endsStatement) ?? true {
      try advance()
      return .watch(.off)
    }
    if try take(word: "plot") { return .watch(.plot(try plotted(in: []))) }
    guard beginsExpression else { throw expected("`plot`, a condition or `off`", hint: Self.watchHint) }
    let condition = try expression(from: .or)
    guard try take(word: "stop") else { throw expected("`stop` behind the condition", hint: Self.watchHint) }
    return .watch(.stop(when: condition, because: isAtStatementEnd ? nil : try expression()))
  }

  private static let watchHint = "`watch plot mo mr`, `watch std < 0.001 stop \"collapse\"`, `watch off`"
}
