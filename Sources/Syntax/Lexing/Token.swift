/// A word, number, string or sign of the text.
struct Token {
  enum Kind: Equatable {
    /// Canonical: `τ` has become `tau`.
    case name(String)
    case number(Double)
    /// Without its quotes, escapes resolved.
    case string(String)
    case symbol(Symbol)
    case newline
    case end
  }

  enum Symbol: String, CaseIterable {
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case comma = ","
    case semicolon = ";"
    case colon = ":"
    case assign = "="
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case dot = "."
    case range = ".."
    case times = "*"
    case divide = "/"
    case at = "@"
    case power = "^"
    case transpose = "'"
  }

  let kind: Kind
  /// In bytes.
  let range: Range<Int>
  /// Whether a blank, a comment or a newline stands before it.
  let followsSpace: Bool
  /// Whether it is the first of its line.
  let startsLine: Bool

  var name: String? { if case .name(let name) = kind { name } else { nil } }
  var symbol: Symbol? { if case .symbol(let symbol) = kind { symbol } else { nil } }

  func isName(_ name: String) -> Bool { kind == .name(name) }
  func isSymbol(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
}
