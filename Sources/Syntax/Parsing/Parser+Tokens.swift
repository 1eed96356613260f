import SourceText

// Moving through the tokens.
extension Parser {
  /// Newlines inside parentheses and brackets separate nothing.
  var ignoresNewlines: Bool {
    guard let innermost = openBrackets.last else { return false }
    return innermost.symbol != .leftBrace
  }

  mutating func advance() throws(Diagnostic) {
    if token.kind != .newline { previousEnd = token.range.upperBound }
    token = try lexer.next()
    while ignoresNewlines && token.kind == .newline { token = try lexer.next() }
  }

  /// The token behind the current one; nil when it cannot be read.
  func following() -> Token? {
    var ahead = lexer
    var token = try? ahead.next()
    while ignoresNewlines && token?.kind == .newline { token = try? ahead.next() }
    return token
  }

  mutating func skipNewlines() throws(Diagnostic) {
    while token.kind == .newline { try advance() }
  }

  /// Consumes a sign behind which the text may go on with the next line.
  mutating func advanceOverOperator() throws(Diagnostic) {
    try advance()
    try skipNewlines()
  }

  mutating func take(_ symbol: Token.Symbol) throws(Diagnostic) -> Bool {
    guard token.isSymbol(symbol) else { return false }
    try advance()
    return true
  }

  mutating func take(word: String, or other: String? = nil) throws(Diagnostic) -> Bool {
    guard let name = token.name, name == word || name == other else { return false }
    try advance()
    return true
  }

  /// Consumes `=` or a comma, and the newlines behind.
  mutating func expect(_ symbol: Token.Symbol, _ role: String) throws(Diagnostic) {
    guard token.isSymbol(symbol) else { throw expected("`\(symbol.rawValue)` \(role)") }
    try advanceOverOperator()
  }

  /// Consumes the comma of a list, which may go on on the next line.
  mutating func takeComma() throws(Diagnostic) -> Bool {
    guard token.isSymbol(.comma) else { return false }
    try advanceOverOperator()
    return true
  }

  mutating func open(_ symbol: Token.Symbol) throws(Diagnostic) {
    guard token.isSymbol(symbol) else { throw expected("`\(symbol.rawValue)`") }
    openBrackets.append((symbol, span(of: token)))
    try advance()
  }

  /// Consumes the bracket that closes the innermost open one.
  mutating func close(_ symbol: Token.Symbol) throws(Diagnostic) {
    guard token.isSymbol(symbol) else { throw notClosed(by: symbol) }
    openBrackets.removeLast()
    try advance()
  }

  /// A name where one is bound: not a word that formulas are built with.
  mutating func takeBinder(_ role: String) throws(Diagnostic) -> Binder {
    guard let name = token.name else { throw expected(role) }
    let binder = Binder(name, span(of: token))
    if Self.reservedWords.contains(name) {
      throw Diagnostic("`\(name)` is a word of the language and cannot be a name", at: binder.span)
    }
    try advance()
    return binder
  }

  /// A string as a file name.
  mutating func takeFileName(_ role: String) throws(Diagnostic) -> Binder {
    guard case .string(let path) = token.kind else { throw expected(role, hint: "file names stand in double quotes") }
    let binder = Binder(path, span(of: token))
    try advance()
    return binder
  }

  /// Words that can never be names: formulas and blocks are built with them.
  static let reservedWords: Set<String> = ["and", "or", "not", "in", "for", "if", "else"]
}

// Places.
extension Parser {
  func span(of token: Token) -> SourceSpan { SourceSpan(file, token.range) }

  /// From an offset to the end of the last consumed token.
  func span(from start: Int) -> SourceSpan { SourceSpan(file, start..<max(start, previousEnd)) }

  /// Where the current token is; behind the last word when nothing more is on the line.
  var placeOfToken: SourceSpan {
    switch token.kind {
    case .newline, .end: SourceSpan(file, previousEnd..<previousEnd)
    default: span(of: token)
    }
  }
}

// Height and depth.
extension Parser {
  /// Called before the parser calls itself, with `leave()` behind. (A thrown diagnostic ends the parse, or the depth is set anew, so
  /// it need not leave.)
  mutating func enter() throws(Diagnostic) {
    guard depth < Self.deepestTree else { throw tooDeep(placeOfToken) }
    depth += 1
  }

  mutating func leave() { depth -= 1 }

  /// A node of the tree. Chains such as `1 + 1 + 1 + …` grow high without any nesting, so height is checked here.
  func make(_ kind: Expression.Kind, from start: Int) throws(Diagnostic) -> Expression {
    let expression = Expression(kind, span: span(from: start))
    guard expression.height <= Self.deepestTree else { throw tooDeep(placeOfToken) }
    return expression
  }

  func tooDeep(_ place: SourceSpan) -> Diagnostic {
    Diagnostic(
      "nested deeper than \(Self.deepestTree) levels", at: place, hint: "give a part of it a name of its own with `let`")
  }
}
