import SourceText

/// Cuts a text into tokens, one at a time, as the parser asks for them (`sql` takes the rest of its line whole).
struct Lexer {
  let file: SourceFile
  /// At the prompt a string may go on over several lines. In a script a missing quote would swallow all up to the next one.
  let allowsLongStrings: Bool
  var position = 0
  /// Where the last number was, to tell `5.` from the dot of a name.
  var lastNumber = 0..<0
  private(set) var isAtLineStart = true

  /// Goes on at the beginning of a line.
  mutating func moveToLine(at start: Int) {
    (position, isAtLineStart, isInString) = (start, true, false)
  }

  /// Whether the text ended inside a string.
  var isInString = false

  init(_ file: SourceFile, allowsLongStrings: Bool) {
    self.file = file
    self.allowsLongStrings = allowsLongStrings
  }

  mutating func next() throws(Diagnostic) -> Token {
    let before = position
    skipBlanks()
    let start = position
    let startsLine = isAtLineStart
    let kind = try takeKind()
    isAtLineStart = kind == .newline
    return Token(kind: kind, range: start..<position, followsSpace: start > before || startsLine, startsLine: startsLine)
  }

  private mutating func takeKind() throws(Diagnostic) -> Token.Kind {
    guard let byte = byte() else { return .end }
    switch byte {
    case UInt8(ascii: "\n"):
      position += 1
      return .newline
    case UInt8(ascii: "\""): return .string(try takeString())
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try takeNumber())
    default: break
    }
    if let name = takeName() { return .name(name) }
    return .symbol(try takeSymbol())
  }

  /// What is left of the line, from the byte at `offset` on, without the blanks around it. `sql` alone wants this.
  mutating func takeRestOfLine(from offset: Int) -> Range<Int> {
    position = offset
    let line = file.range(ofLine: file.line(at: offset))
    skipBlanks(takingComments: false)
    let start = min(position, line.upperBound)
    var end = line.upperBound
    while end > start, isBlank(file.bytes[end - 1]) { end -= 1 }
    position = max(start, end)
    return start..<max(start, end)
  }
}

// Reading single characters.
extension Lexer {
  func byte(_ ahead: Int = 0) -> UInt8? {
    position + ahead < file.bytes.count ? file.bytes[position + ahead] : nil
  }

  func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  /// The Unicode scalar at the position and the bytes that it takes. The bytes are UTF-8: they were a `String`'s.
  func scalar() -> (scalar: Unicode.Scalar, size: Int)? {
    guard let lead = byte() else { return nil }
    let size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    let end = min(position + size, file.bytes.count)
    guard let scalar = String(decoding: file.bytes[position..<end], as: UTF8.self).unicodeScalars.first else { return nil }
    return (scalar, end - position)
  }

  private mutating func skipBlanks(takingComments: Bool = true) {
    while let byte = byte() {
      if isBlank(byte) {
        position += 1
      } else if byte == UInt8(ascii: "#") && takingComments {
        while let byte = self.byte(), byte != UInt8(ascii: "\n") { position += 1 }
      } else if byte >= 0x80, let (scalar, size) = scalar(), scalar.properties.isWhitespace || isByteOrderMark(scalar) {
        position += size
      } else {
        return
      }
    }
  }

  private func isByteOrderMark(_ scalar: Unicode.Scalar) -> Bool { position == 0 && scalar.value == 0xFEFF }

  func span(_ range: Range<Int>) -> SourceSpan { SourceSpan(file, range) }
}
