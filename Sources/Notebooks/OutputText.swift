import SourceText

/// Output as `#>` lines.
public enum OutputText {
  static let sign = "#>"

  /// The lines that stand for what a cell answered: what cannot be seen in a file is shown by a sign, and no line ends in blanks.
  public static func lines(of answers: [String]) -> [String] {
    answers.flatMap { answer in
      answer.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        var text = DisplayText.visible(String(line))
        while text.last == " " { text.removeLast() }
        return text
      }
    }
  }

  /// `#> 1.0000`; an empty line is the sign alone.
  static func line(_ content: String) -> String { content.isEmpty ? sign : "\(sign) \(content)" }

  /// What stands behind the sign; nil for a line without it.
  static func content(ofLine line: String) -> String? {
    let text = line.drop { $0 == " " || $0 == "\t" }
    guard text.hasPrefix(sign) else { return nil }
    var content = text.dropFirst(sign.count)
    if content.first == " " { content.removeFirst() }
    while let last = content.last, last == " " || last == "\t" { content.removeLast() }
    return String(content)
  }

  /// Whether a line is drawn in dots or blocks.
  public static func isDrawing(_ line: String) -> Bool { line.contains { $0.isDrawing } }

  /// An output that begins with it is for the reader: anything is equal to it.
  public static func standsForAnything(_ lines: [String]) -> Bool { lines.first == "…" || lines.first == "..." }
}
