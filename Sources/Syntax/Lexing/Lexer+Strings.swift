import SourceText

// Strings.
extension Lexer {
  /// `"…"` with the escapes `\"`, `\\` and `\n`.
  mutating func takeString() throws(Diagnostic) -> String {
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
