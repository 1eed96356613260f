import SourceText

// Statements that hold statements.
extension Parser {
  /// `For = "for" NAME "in" Expression [ "parallel" Sum ] Block`
  mutating func forLoop() throws(Diagnostic) -> Statement.Kind {
    let variable = try takeBinder("the variable of `for`")
    guard try take(word: "in") else { throw expected("`in` behind the variable of `for`") }
    let items = try expression()
    if token.isSymbol(.comma) { throw expected("`{`", hint: "a list is written `[a, b]`") }
    let jobs = try take(word: "parallel") ? try expression(from: .sum) : nil
    boundNames.insert(variable.name)
    return .forLoop(variable, in: items, parallel: jobs, body: try block())
  }

  /// `If = "if" Expression Block [ "else" ( Block | If ) ]`
  mutating func conditional() throws(Diagnostic) -> Statement.Kind {
    let condition = try expression()
    let body = try block()
    guard elseFollows() else { return .conditional(condition, then: body, otherwise: []) }
    try skipNewlines()
    try advance()
    let otherwise = try token.isName("if") ? [elseIf()] : block()
    return .conditional(condition, then: body, otherwise: otherwise)
  }

  private mutating func elseIf() throws(Diagnostic) -> Statement {
    let start = token.range.lowerBound
    let word = Binder(StatementKeyword.if.rawValue, span(of: token))
    try advance()
    try enter()
    let kind = try conditional()
    leave()
    return Statement(kind, keyword: word, span: span(from: start))
  }

  /// Whether the next word is `else`, be it on a line further down.
  private func elseFollows() -> Bool {
    var ahead = lexer
    var next: Token? = token
    while next?.kind == .newline { next = try? ahead.next() }
    return next?.isName("else") ?? false
  }
}
