import SourceText

// What is said when the text goes on differently from what the grammar wants.
extension Parser {
  /// "expected X, found Y". When the text ended inside a bracket, the bracket is to blame.
  func expected(_ what: String, hint: String? = nil) -> Diagnostic {
    if let unclosed = unclosedBracket() { return unclosed }
    return Diagnostic("expected \(what), found \(description(of: token))", at: placeOfToken, hint: hint)
  }

  func description(of token: Token) -> String {
    switch token.kind {
    case .newline: "the end of the line"
    case .end: "the end of the text"
    case .name, .number, .string, .symbol: "`\(Excerpt.short(file.text(in: token.range)))`"
    }
  }

  /// Where a bracket's partner, or something inside it, is missing.
  func notClosed(by symbol: Token.Symbol) -> Diagnostic {
    if let unclosed = unclosedBracket() { return unclosed }
    if let open = openBrackets.last, let found = token.symbol, [.rightParenthesis, .rightBracket].contains(found) {
      return Diagnostic(
        "`\(open.symbol.rawValue)` is closed by `\(found.rawValue)`", at: placeOfToken, related: [open.span],
        hint: "it wants `\(symbol.rawValue)`")
    }
    if let spaced = spacedBracket() { return spaced }
    return expected(symbol == .rightBrace ? "`}`" : "`,` or `\(symbol.rawValue)`", hint: hintAtToken())
  }

  /// The innermost open bracket, when the current token shows that its partner was forgotten: the end of the text, or what can
  /// only belong to a statement further on.
  private func unclosedBracket() -> Diagnostic? {
    guard let open = openBrackets.last else { return nil }
    var isForgotten = token.kind == .end
    if open.symbol != .leftBrace {
      let beginsStatement = token.startsLine && token.name.flatMap(StatementKeyword.init(rawValue:)) != nil
      isForgotten = isForgotten || beginsStatement || [.semicolon, .leftBrace, .rightBrace].contains(token.symbol)
    }
    return isForgotten ? Diagnostic("`\(open.symbol.rawValue)` is never closed", at: open.span) : nil
  }

  /// What is left on the line behind a whole statement.
  func unexpectedAfterStatement() -> Diagnostic {
    if let spaced = spacedBracket() { return spaced }
    switch token.symbol {
    case .rightParenthesis, .rightBracket, .rightBrace:
      return Diagnostic("\(description(of: token)) closes nothing", at: placeOfToken)
    default:
      return expected("the end of the statement", hint: hintAtToken())
    }
  }

  /// `h (x)`, `X [1]`: calls and indices are told from separate words by the missing blank.
  private func spacedBracket() -> Diagnostic? {
    guard token.followsSpace, !token.startsLine, let symbol = token.symbol else { return nil }
    guard symbol == .leftParenthesis || symbol == .leftBracket else { return nil }
    let isCall = symbol == .leftParenthesis
    return Diagnostic(
      "a blank stands before `\(symbol.rawValue)`", at: placeOfToken,
      hint: isCall ? "a call is written `f(x)`; a product wants its `*`" : "an index is written `X[1]`")
  }

  /// Advice that goes by the token alone.
  func hintAtToken() -> String? {
    switch token.kind {
    case .symbol(.assign): "`==` compares"
    case .symbol(.transpose): "the transpose stands behind its matrix; strings take double quotes"
    case .name(let name) where StatementKeyword(rawValue: name) != nil: "`;` separates two statements on one line"
    case .name, .number, .string: "an operator or a comma is missing before it"
    default: nil
    }
  }
}
