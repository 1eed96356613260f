/// A piece of an output line, as outputs are compared: blanks only separate, so that a column may be wider the next time.
struct OutputToken: Hashable {
  enum Kind: Hashable {
    case word(String)
    /// As written: whether it is whole is part of how it is compared.
    case number(String)
    /// Something that differs from run to run and from machine to machine; what it is counts, not how much.
    case masked(Mask)
  }

  enum Mask: Hashable {
    /// A duration, a rate or a size that was measured: `1.2 s`, `210 GFLOP/s`, `300 MiB`.
    case measurement(Unit)
    /// `2026-11-23 00:41`, `0:00:06`
    case time
    /// The number of a run.
    case run
    /// A hash or UUID.
    case hash
    /// A whole path: its last part counts.
    case path(String)
  }

  enum Unit: Hashable { case duration, rate, size }

  let kind: Kind
  /// Whether a blank stands before it.
  let startsWord: Bool
}

extension OutputToken {
  /// - Parameter isList: whether the line is a row of a table whose first column holds run numbers.
  static func tokens(of line: String, isList: Bool = false) -> [OutputToken] {
    var tokens: [OutputToken] = []
    for word in line.map({ $0.isDrawing ? " " : $0 }).split(whereSeparator: \.isWhitespace) { tokens += tokensOfWord(String(word)) }
    mask(&tokens, isList: isList)
    return tokens
  }

  private static func tokensOfWord(_ word: String) -> [OutputToken] {
    if let kind = maskedWord(word) { return [OutputToken(kind: kind, startsWord: true)] }
    var tokens: [OutputToken] = []
    var rest = Substring(word)
    var text = ""
    func isAfterName() -> Bool { text.last.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false }
    while let first = rest.first {
      if !isAfterName(), let number = leadingNumber(of: rest, isSigned: text.last.map { !")]}’'".contains($0) } ?? true) {
        if !text.isEmpty { tokens.append(OutputToken(kind: .word(text), startsWord: tokens.isEmpty)) }
        text = ""
        tokens.append(OutputToken(kind: .number(number), startsWord: tokens.isEmpty))
        rest = rest.dropFirst(number.count)
        // What follows a number directly is no number: `3×32×32` is three, `12-13` too.
        continue
      }
      text.append(first)
      rest.removeFirst()
    }
    if !text.isEmpty { tokens.append(OutputToken(kind: .word(text), startsWord: tokens.isEmpty)) }
    return tokens
  }

  /// `-0.5`, `1e-05`, `42`
  private static func leadingNumber(of text: Substring, isSigned: Bool) -> String? {
    var number = ""
    var rest = text
    func digits() -> Bool {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      number += digits
      rest = rest.dropFirst(digits.count)
      return !digits.isEmpty
    }
    if isSigned, let sign = rest.first, sign == "-" || sign == "+" {
      number.append(sign)
      rest.removeFirst()
    }
    guard digits() else { return nil }
    if rest.first == ".", rest.dropFirst().first?.isASCIIDigit == true {
      number += "."
      rest.removeFirst()
      _ = digits()
    }
    if let letter = rest.first, letter == "e" || letter == "E" {
      let sign = rest.dropFirst().prefix { $0 == "-" || $0 == "+" }.prefix(1)
      if rest.dropFirst(1 + sign.count).first?.isASCIIDigit == true {
        number += "\(letter)\(sign)"
        rest = rest.dropFirst(1 + sign.count)
        _ = digits()
      }
    }
    return number
  }
}

extension Character {
  var isASCIIDigit: Bool { isASCII && isNumber }

  /// Braille dots and blocks, with which plots and images are drawn.
  var isDrawing: Bool {
    guard let scalar = unicodeScalars.first?.value else { return false }
    return (0x2800...0x28FF).contains(scalar) || (0x2580...0x259F).contains(scalar)
  }
}
