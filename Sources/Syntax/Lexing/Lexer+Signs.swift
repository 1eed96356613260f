import SourceText

// Signs.
extension Lexer {
  mutating func takeSymbol() throws(Diagnostic) -> Token.Symbol {
    if let foreign = foreignSpelling() {
      let range = position..<(position + foreign.sign.utf8.count)
      if foreign.sign == "!", isAtLineStart {
        throw Diagnostic(
          "`!` runs a shell command only where it is typed: at the prompt, on a line of its own", at: span(range),
          hint: "what a script does, others must be able to repeat; `not` is written out")
      }
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
