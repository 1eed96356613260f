import SourceText

extension Parser {
  /// Whether more must be typed before the text can be read: a bracket, brace or string is open, or an operator or comma is last.
  /// Text that is wrong however it goes on is complete: the parser then says what is wrong.
  public static func isIncomplete(_ text: String) -> Bool {
    var scan = IncompletenessScan(SourceFile(name: "", text: text))
    return scan.run()
  }
}

/// Goes through the tokens alone, without their grammar.
private struct IncompletenessScan {
  private var lexer: Lexer
  private var openBrackets: [Token.Symbol] = []
  private var last: Token?

  init(_ file: SourceFile) { lexer = Lexer(file, allowsLongStrings: true) }

  mutating func run() -> Bool {
    while true {
      guard let token = try? lexer.next() else { return lexer.isInString }
      switch token.kind {
      case .end: return !openBrackets.isEmpty || isOperatorLast
      // A newline behind an operator separates nothing, so the operator stays the last token.
      case .newline: if !isOperatorLast { last = nil }
      case .name("sql") where beginsStatement:
        _ = lexer.takeRestOfLine(from: token.range.upperBound)
        last = token
      case .symbol(let symbol):
        guard track(symbol) else { return false }
        last = token
      default: last = token
      }
    }
  }

  /// False when a bracket closes what it does not fit.
  private mutating func track(_ symbol: Token.Symbol) -> Bool {
    switch symbol {
    case .leftParenthesis, .leftBracket, .leftBrace: openBrackets.append(symbol)
    case .rightParenthesis: return openBrackets.popLast() == .leftParenthesis
    case .rightBracket: return openBrackets.popLast() == .leftBracket
    case .rightBrace: return openBrackets.popLast() == .leftBrace
    default: break
    }
    return true
  }

  private var beginsStatement: Bool {
    guard let last else { return true }
    return last.isSymbol(.semicolon) || last.isSymbol(.leftBrace)
  }

  private var isOperatorLast: Bool {
    switch last?.kind {
    case .name(let name): ["and", "or", "not"].contains(name)
    case .symbol(let symbol): symbol == .comma || symbol == .assign || symbol == .range || isBinary(symbol)
    default: false
    }
  }

  private func isBinary(_ symbol: Token.Symbol) -> Bool { BinaryOperator(rawValue: symbol.rawValue) != nil }
}
