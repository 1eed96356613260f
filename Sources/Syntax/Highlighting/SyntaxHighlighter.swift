import SourceText

/// What the parts of a text are, for colouring.
public enum SyntaxHighlighter {
  public struct Piece: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable { case keyword, name, function, option, number, string, comment, sign }

    public let kind: Kind
    /// In bytes of the text.
    public let range: Range<Int>
  }

  /// The parts of a text that have a colour, in order; what stands between them has none. A text need not be right: from what cannot be read on,
  /// its line is left as it is.
  public static func pieces(of file: SourceFile) -> [Piece] {
    var reader = HighlightReader(file)
    reader.read()
    return reader.pieces
  }
}

/// Reads tokens, and tells from those around it what a word is.
private struct HighlightReader {
  private let file: SourceFile
  private var lexer: Lexer
  private(set) var pieces: [SyntaxHighlighter.Piece] = []
  /// Whether a statement may begin here.
  private var startsStatement = true
  /// Where a newline is a blank.
  private var bracketDepth = 0
  private var statement: StatementKeyword?

  init(_ file: SourceFile) {
    self.file = file
    lexer = Lexer(file, allowsLongStrings: false)
  }

  mutating func read() {
    while true {
      let start = lexer.position
      do {
        let token = try lexer.next()
        takeComment(in: start..<token.range.lowerBound)
        if token.kind == .end { return }
        take(token)
      } catch {
        // Nothing is known of the rest of the line.
        lexer.position = max(file.range(ofLine: file.line(at: max(start, error.site?.range.lowerBound ?? start))).upperBound, start + 1)
        (startsStatement, bracketDepth) = (true, 0)
      }
    }
  }

  /// Between two tokens there are blanks, and a comment at most.
  private mutating func takeComment(in range: Range<Int>) {
    guard let start = file.bytes[range].firstIndex(of: UInt8(ascii: "#")) else { return }
    pieces.append(.init(kind: .comment, range: start..<range.upperBound))
  }

  private mutating func take(_ token: Token) {
    let isStart = startsStatement
    startsStatement = false
    switch token.kind {
    case .newline: startsStatement = bracketDepth == 0
    case .number: add(.number, token)
    case .string: add(.string, token)
    case .symbol(let symbol): take(symbol, token)
    case .name(let name): take(name, token, isStart: isStart)
    case .end: break
    }
  }

  private mutating func take(_ symbol: Token.Symbol, _ token: Token) {
    switch symbol {
    case .leftParenthesis, .leftBracket: bracketDepth += 1
    case .rightParenthesis, .rightBracket: bracketDepth = max(0, bracketDepth - 1)
    case .leftBrace, .rightBrace, .semicolon: (startsStatement, bracketDepth) = (true, 0)
    default: add(.sign, token)
    }
  }

  private mutating func take(_ name: String, _ token: Token, isStart: Bool) {
    if isStart {
      statement = StatementKeyword(rawValue: name)
      if let statement {
        add(.keyword, token)
        if statement == .sql { _ = lexer.takeRestOfLine(from: token.range.upperBound) }
        return
      }
    }
    let next = nextByte(after: token.range.upperBound)
    if Self.words.contains(name) || (bracketDepth == 0 && Self.clauses.contains(name) && next.byte != UInt8(ascii: "=")) {
      add(.keyword, token)
    } else if next.byte == UInt8(ascii: "("), next.isAdjacent {
      add(.function, token)
    } else if next.byte == UInt8(ascii: "="), next.isAdjacent {
      add(.option, token)
    } else {
      add(.name, token)
    }
  }

  private func nextByte(after offset: Int) -> (byte: UInt8?, isAdjacent: Bool) {
    var place = offset
    while place < file.bytes.count, file.bytes[place] == UInt8(ascii: " ") { place += 1 }
    return (place < file.bytes.count ? file.bytes[place] : nil, place == offset)
  }

  private mutating func add(_ kind: SyntaxHighlighter.Piece.Kind, _ token: Token) { pieces.append(.init(kind: kind, range: token.range)) }

  /// Never names.
  private static let words: Set<String> = ["and", "or", "not", "in", "for", "if", "else"]
  /// What clauses begin with, outside of brackets.
  private static let clauses: Set<String> = [
    "as", "of", "on", "to", "against", "where", "sort", "limit", "columns", "format", "every", "parallel", "fresh", "onesided", "alternating",
    "batches", "stop", "desc", "asc"
  ]
}
