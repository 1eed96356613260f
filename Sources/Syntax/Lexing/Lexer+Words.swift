import SourceText

// Words and numbers.
extension Lexer {
  /// A letter or `_`, then letters, digits and `_`. Greek letters become their Latin names.
  mutating func takeName() -> String? {
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
  mutating func takeNumber() throws(Diagnostic) -> Double {
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
