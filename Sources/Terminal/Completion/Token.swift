/// A piece of a statement that is still being typed. Unlike the lexer's, these tokens come of any text, finished or not.
struct Token: Equatable {
  enum Kind: Equatable {
    case word, number, string, sign
    /// A string whose closing quote has not been typed.
    case openString
    /// `\ta`: a Greek name on its way.
    case escape
  }
  let kind: Kind
  /// As typed; a string without its quotes.
  let text: String
  /// UTF-8 offsets, quotes included.
  let range: Range<Int>

  func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }
  func isWord(_ word: String) -> Bool { kind == .word && text == word }
  var opensBracket: Bool { isSign("(") || isSign("[") }
  /// A sign behind which an operator stands, not an operand.
  var endsOperand: Bool { kind == .sign && [")", "]", "'"].contains(text) }
}
