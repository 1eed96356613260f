import SourceText

/// Cuts a text into tokens, one at a time, as the parser asks for them (`sql` takes the rest of its line whole).
struct Lexer {
  let file: SourceFile
  /// At the prompt a string may go on over several lines. In a script a missing quote would swallow all up to the next one.
  let allowsLongStrings: Bool
  private(set) var position = 0
  /// Where the last number was, to tell `5.` from the dot of a name.
  private var lastNumber = 0..<0
  private var isAtLineStart = true
  /// Whether the text ended inside a string.
  private(set) var isInString = false

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
  private func byte(_ ahead: Int = 0) -> UInt8? {
    position + ahead < file.bytes.count ? file.bytes[position + ahead] : nil
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  private func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  /// The Unicode scalar at the position and the bytes that it takes. The bytes are UTF-8: they were a `String`'s.
  private func scalar() -> (scalar: Unicode.Scalar, size: Int)? {
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

  private func span(_ range: Range<Int>) -> SourceSpan { SourceSpan(file, range) }
}

// Words and numbers.
extension Lexer {
  /// A letter or `_`, then letters, digits and `_`. Greek letters become their Latin names.
  private mutating func takeName() -> String? {
    var name = ""
    while let (scalar, size) = scalar(), isNamePart(scalar, isFirst: name.isEmpty) {
      if let latin = GreekLetters.latin(for: scalar) { name += latin } else { name.unicodeScalars.append(scalar) }
      position += size
    }
    return name.isEmpty ? nil : name
  }

  private func isNamePart(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "_": return true
    case "0"..."9": return !isFirst
    default: break
    }
    guard scalar.value >= 0x80 else { return false }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter: return true
    case .nonspacingMark, .spacingMark: return !isFirst
    default: return false
    }
  }

  /// `3`, `0.5`, `1e-5`. In `0.2..1` and `1..3` the two dots are read first.
  private mutating func takeNumber() throws(Diagnostic) -> Double {
    let start = position
    takeDigits()
    if byte() == UInt8(ascii: "."), isDigit(byte(1)) {
      position += 1
      takeDigits()
    }
    takeExponent()
    lastNumber = start..<position
    let text = file.text(in: start..<position)
    guard let value = Double(text), value.isFinite else {
      throw Diagnostic(
        "`\(Excerpt.short(text))` is too large a number", at: span(start..<position),
        hint: "the largest is about 1.8e308")
    }
    return value
  }

  private mutating func takeDigits() {
    while isDigit(byte()) { position += 1 }
  }

  private mutating func takeExponent() {
    guard byte() == UInt8(ascii: "e") || byte() == UInt8(ascii: "E") else { return }
    let isSigned = byte(1) == UInt8(ascii: "-") || byte(1) == UInt8(ascii: "+")
    guard isDigit(byte(isSigned ? 2 : 1)) else { return }
    position += isSigned ? 2 : 1
    takeDigits()
  }
}

// Strings.
extension Lexer {
  /// `"…"` with the escapes `\"`, `\\` and `\n`.
  private mutating func takeString() throws(Diagnostic) -> String {
    let start = position
    position += 1
    var bytes: [UInt8] = []
    while let byte = byte() {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"): bytes.append(try takeEscape())
      case UInt8(ascii: "\n") where !allowsLongStrings: throw unclosedString(start)
      default:
        bytes.append(byte)
        position += 1
      }
    }
    isInString = true
    throw unclosedString(start)
  }

  private mutating func takeEscape() throws(Diagnostic) -> UInt8 {
    let start = position
    position += 1
    let escaped = scalar()
    position += escaped?.size ?? 0
    switch escaped?.scalar {
    case "\"": return UInt8(ascii: "\"")
    case "\\": return UInt8(ascii: "\\")
    case "n": return UInt8(ascii: "\n")
    default:
      throw Diagnostic(
        "a string knows the escapes `\\\"`, `\\\\` and `\\n`", at: span(start..<position), hint: "a backslash itself is `\\\\`")
    }
  }

  private func unclosedString(_ start: Int) -> Diagnostic {
    Diagnostic("this string is never closed", at: span(start..<(start + 1)), hint: "a string ends with `\"` on its line")
  }
}

// Signs.
extension Lexer {
  private mutating func takeSymbol() throws(Diagnostic) -> Token.Symbol {
    if let foreign = foreignSpelling() {
      let range = position..<(position + foreign.sign.utf8.count)
      throw Diagnostic("`\(foreign.sign)` is not a sign of the language", at: span(range), hint: foreign.advice)
    }
    if let symbol = asciiSymbol() {
      if symbol == .dot { try checkDecimalPoint() }
      position += symbol.rawValue.utf8.count
      return symbol
    }
    guard let (scalar, size) = scalar() else { throw Diagnostic("the text ends here", at: span(position..<position)) }
    // The middle dot, the dot operator and the Greek semicolon that Unicode takes for a middle dot.
    guard scalar.value == 0xB7 || scalar.value == 0x22C5 || scalar.value == 0x387 else {
      throw Diagnostic("`\(scalar)` is not a sign of the language", at: span(position..<(position + size)))
    }
    position += size
    return .dot
  }

  private func foreignSpelling() -> ForeignSpelling? {
    ForeignSpelling.all.first { foreign in
      // `!=` begins with a foreign sign and is none.
      foreign.sign == "!" && byte(1) == UInt8(ascii: "=") ? false : hasPrefix(foreign.sign)
    }
  }

  private func hasPrefix(_ text: String) -> Bool { file.bytes[position...].starts(with: text.utf8) }

  /// The longest sign that the text goes on with.
  private func asciiSymbol() -> Token.Symbol? {
    guard let first = byte(), first < 0x80 else { return nil }
    if let second = byte(1), second < 0x80, let symbol = symbol([first, second]) { return symbol }
    return symbol([first])
  }

  private func symbol(_ bytes: [UInt8]) -> Token.Symbol? { Token.Symbol(rawValue: String(decoding: bytes, as: UTF8.self)) }

  /// `.5`, `5.` and `X.5` are neither numbers nor clearly dots.
  private func checkDecimalPoint() throws(Diagnostic) {
    if position == lastNumber.upperBound, !lastNumber.isEmpty {
      let number = file.text(in: lastNumber)
      let completed = number.contains(".") ? "" : "write `\(Excerpt.short(number)).0`, or "
      throw decimalPoint(hint: completed + "leave a blank before the dot of two values")
    }
    if isDigit(byte(1)) {
      let digits = file.bytes[(position + 1)...].prefix(20).prefix { isDigit($0) }
      let number = "0." + String(decoding: digits, as: UTF8.self)
      throw decimalPoint(hint: "write `\(number)`, or leave a blank behind the dot of two values")
    }
  }

  private func decimalPoint(hint: String) -> Diagnostic {
    Diagnostic("a decimal point has digits on both sides", at: span(position..<(position + 1)), hint: hint)
  }
}
