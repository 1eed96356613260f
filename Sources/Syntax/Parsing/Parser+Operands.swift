import SourceText

// What operators stand between.
extension Parser {
  /// `Postfix = Primary { "(" [ Arguments ] ")" | "[" Subscripts "]" | "'" | "." NAME }`, no blank before a bracket or `'`.
  /// The last is a run's summary and follows `run(…)` alone.
  mutating func postfix() throws(Diagnostic) -> Expression {
    let start = token.range.lowerBound
    let isParenthesized = token.isSymbol(.leftParenthesis)
    var base = try primary()
    var isBare = !isParenthesized
    while let symbol = token.symbol {
      switch symbol {
      case .leftParenthesis where !token.followsSpace:
        try checkCallable(base, isBare)
        let arguments = try arguments()
        base = try make(.call(base, arguments: arguments), from: start)
      case .leftBracket where !token.followsSpace:
        let subscripts = try subscripts()
        base = try make(.index(base, subscripts), from: start)
      case .transpose where !token.followsSpace:
        try advance()
        base = try make(.transpose(base), from: start)
      case .dot where isBare && base.isRunCall && isMember():
        let name = try memberName()
        base = try make(.member(base, name), from: start)
      default: return base
      }
      isBare = true
    }
    return base
  }

  private func checkCallable(_ callee: Expression, _ isBare: Bool) throws(Diagnostic) {
    switch callee.kind {
    case .name where isBare, .call where isBare: return
    case .number:
      throw Diagnostic("a number cannot be called", at: callee.span, hint: "a product wants its `*`")
    default:
      throw Diagnostic(
        "only a name can be called", at: callee.span, hint: "a call is `f(x)`; a product wants its `*`, an index `X[1]`")
    }
  }

  private func isMember() -> Bool { following()?.name != nil }

  private mutating func memberName() throws(Diagnostic) -> String {
    try advance()
    let name = token.name ?? ""
    try advance()
    return name
  }

  /// `Primary = NUMBER | STRING | NAME | "(" Argument ")" | List`
  private mutating func primary() throws(Diagnostic) -> Expression {
    let start = token.range.lowerBound
    switch token.kind {
    case .number(let value): return try number(value)
    case .string(let text):
      try advance()
      return try make(.string(text), from: start)
    case .name(let name):
      try checkName(name)
      try advance()
      return try make(.name(name), from: start)
    case .symbol(.leftParenthesis): return try parenthesized()
    case .symbol(.leftBracket): return try list()
    default: throw noExpression()
    }
  }

  private mutating func number(_ value: Double) throws(Diagnostic) -> Expression {
    let start = token.range.lowerBound
    let digits = file.text(in: token.range)
    try advance()
    if let unit = token.name, !token.followsSpace {
      // `7d` in a query is a time; a text as far as the tree goes, so `"7d"` says the same.
      if isInQuery { return try duration(digits + unit, from: start) }
      throw Diagnostic(
        "`\(Excerpt.short(digits + unit))` is neither a number nor a name", at: SourceSpan(file, start..<token.range.upperBound),
        hint: "a product is `\(Excerpt.short(digits)) * \(Excerpt.short(unit))`")
    }
    return try make(.number(value), from: start)
  }

  private mutating func duration(_ text: String, from start: Int) throws(Diagnostic) -> Expression {
    try advance()
    return try make(.string(text), from: start)
  }

  /// `"(" Argument ")"`: the parentheses belong to the span, and leave no node.
  private mutating func parenthesized() throws(Diagnostic) -> Expression {
    let start = token.range.lowerBound
    try enter()
    try open(.leftParenthesis)
    let inner = try argument()
    if token.isSymbol(.comma) {
      throw Diagnostic("parentheses hold one expression", at: placeOfToken, hint: "a list is written `[a, b]`")
    }
    try close(.rightParenthesis)
    leave()
    return Expression(inner.kind, span: span(from: start))
  }

  /// `List = "[" [ Expression { "," Expression } [ "," ] ] "]" | "[" Comprehension "]"`
  private mutating func list() throws(Diagnostic) -> Expression {
    let start = token.range.lowerBound
    try enter()
    try open(.leftBracket)
    var items: [Expression] = []
    while !token.isSymbol(.rightBracket) {
      items.append(try expression())
      if items.count == 1, token.isName("for") {
        let comprehension = try self.comprehension(of: items[0], from: start)
        try close(.rightBracket)
        leave()
        return Expression(comprehension.kind, span: span(from: start))
      }
      guard try takeComma() else { break }
    }
    try close(.rightBracket)
    leave()
    return try make(.list(items), from: start)
  }

  /// `Comprehension = Expression "for" NAME "in" Expression`, from the `for` on.
  private mutating func comprehension(of body: Expression, from start: Int) throws(Diagnostic) -> Expression {
    try advance()
    let variable = try takeBinder("the variable of `for`")
    guard try take(word: "in") else { throw expected("`in` behind the variable of `for`") }
    let source = try expression()
    return try make(.comprehension(body, variable: variable, source: source), from: start)
  }

  /// `Arguments = ( Argument | Comprehension ) { "," Argument }`: the first argument may be a comprehension without brackets.
  private mutating func arguments() throws(Diagnostic) -> [Expression] {
    try enter()
    try open(.leftParenthesis)
    var arguments: [Expression] = []
    while !token.isSymbol(.rightParenthesis) || !arguments.isEmpty {
      let start = token.range.lowerBound
      var argument = try argument()
      if token.isName("for"), arguments.isEmpty { argument = try comprehension(of: argument, from: start) }
      arguments.append(argument)
      try checkNoOption(argument)
      guard try takeComma() else { break }
    }
    try close(.rightParenthesis)
    leave()
    return arguments
  }

  private func checkNoOption(_ argument: Expression) throws(Diagnostic) {
    guard token.isSymbol(.assign), case .name(let name) = argument.kind else { return }
    throw Diagnostic(
      "functions take no options", at: argument.span, hint: "arguments go by their place; `\(Excerpt.short(name)) == …` compares")
  }

  /// `Argument = NAME "of" Expression | Expression`
  private mutating func argument() throws(Diagnostic) -> Expression {
    let start = token.range.lowerBound
    guard let name = token.name, !Self.reservedWords.contains(name), following()?.isName("of") ?? false else {
      return try expression()
    }
    let metric = try takeBinder("a metric")
    try advance()
    let run = try expression()
    return try make(.series(metric: metric, of: run), from: start)
  }

  /// `Subscripts = ( ":" | Expression ) { "," ( ":" | Expression ) }`
  private mutating func subscripts() throws(Diagnostic) -> [Expression.Subscript] {
    try enter()
    try open(.leftBracket)
    var subscripts: [Expression.Subscript] = []
    repeat {
      let sign = span(of: token)
      subscripts.append(try take(.colon) ? .all(sign) : .at(try expression()))
    } while try takeComma()
    try close(.rightBracket)
    leave()
    return subscripts
  }
}

// Where no expression begins.
extension Parser {
  private func checkName(_ name: String) throws(Diagnostic) {
    if Self.reservedWords.contains(name) { throw noExpression() }
    guard let keyword = StatementKeyword(rawValue: name), Self.opensOnlyStatements.contains(keyword) else { return }
    switch following()?.kind {
    case .name(let next) where !Self.reservedWords.contains(next) && !Self.clauseWords.contains(next): break
    case .number, .string: break
    default: return
    }
    throw expected("an expression", hint: "`\(name)` begins a statement; `;` separates two on one line")
  }

  private func noExpression() -> Diagnostic {
    switch token.symbol {
    case .plus: expected("an expression", hint: "a number needs no `+` before it")
    case .transpose: expected("an expression", hint: "the transpose stands behind its matrix; strings take double quotes")
    case .assign: expected("an expression", hint: "`==` compares")
    default: expected("an expression")
    }
  }

  /// Keywords that nobody would name a value by.
  private static let opensOnlyStatements: Set<StatementKeyword> = [
    .let, .val, .print, .expect, .include, .train, .plot, .decompose, .track, .show, .use, .reset, .clear, .evaluate
  ]

  /// Words that go on with a statement behind an expression.
  private static let clauseWords: Set<String> = Set([
    "on", "of", "as", "every", "against", "to", "step", "batches", "steps", "epochs", "like", "contains", "between", "is", "asc", "desc"
  ]).union(historyClauses)
}

extension Expression {
  /// `run("a")`, which a member may follow.
  var isRunCall: Bool {
    guard case .call(let callee, _) = kind, case .name("run") = callee.kind else { return false }
    return true
  }
}
