import Syntax

/// Text for a terminal that has ASCII alone.
public enum ASCIIText {
  /// Every sign in the nearest ASCII; of what has none, a question mark.
  public static func text(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    return text.unicodeScalars.map { scalar in
      scalar.isASCII ? String(scalar) : signs[scalar] ?? GreekLetters.latin(for: scalar) ?? "?"
    }.joined()
  }

  private static let signs: [Unicode.Scalar: String] = [
    "·": ".", "×": "x", "±": "+-", "½": "1/2", "∂": "d", "…": "...", "→": "->", "←": "<-", "↔": "<->", "∝": "~", "≈": "~=", "√": "sqrt ",
    "≤": "<=", "≥": ">=", "≠": "!=", "∞": "inf", "²": "^2", "³": "^3", "‖": "||", "−": "-", "–": "-", "—": "--", "“": "\"", "”": "\"",
    "‘": "'", "’": "'", "ᵀ": "'", "⊤": "'", "∈": "in", "∑": "sum ", "━": "#", "─": "-", "│": "|", "Δ": "D", "∇": "grad "
  ]
}
