import SourceText

/// Text as Markdown that says the same.
enum MarkdownText {
  /// Every sign that could be read as one of Markdown's or HTML's stands behind a backslash.
  static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { escapedStart(escapedSigns($0)) }.joined(separator: "\n")
  }

  /// Text in a cell of a table.
  static func cell(_ text: String) -> String {
    escapedSigns(text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: " "))
  }

  private static func escapedSigns(_ line: some StringProtocol) -> String {
    line.reduce(into: "") { result, character in
      switch character {
      case "\\", "`", "*", "_", "[", "]", "<", "&", "$", "|", "~": result += "\\\(character)"
      case "\t": result += " "
      // The sign for a hidden character holds a `<`.
      default: result += DisplayText.visible(String(character)).replacing("<", with: "\\<")
      }
    }
  }

  /// What would make a line a heading, a list, a quote or a rule.
  private static func escapedStart(_ line: String) -> String {
    let body = line.drop { $0 == " " }
    let indent = line.prefix(line.count - body.count)
    guard let first = body.first else { return line }
    if "#>+-=".contains(first) { return indent + "\\" + body }
    let digits = body.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, let end = body.dropFirst(digits.count).first, end == "." || end == ")" else { return line }
    return indent + digits + "\\" + body.dropFirst(digits.count)
  }

  /// Between as many backticks as it takes.
  static func code(_ text: String) -> String {
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    let needsBlanks = text.first == "`" || text.last == "`" || (text.first == " " && text.last == " ")
    let content = DisplayText.visible(text)
    return fence + (needsBlanks ? " \(content) " : content) + fence
  }

  /// A formula as typed, with a blank behind every `<`: TeX reads it as the same.
  static func math(_ text: String, isDisplayed: Bool) -> String {
    let sign = isDisplayed ? "$$" : "$"
    return sign + DisplayText.visible(text.split(separator: "\n").joined(separator: " ")).replacing(/<(?=[A-Za-z\/!?])/, with: "< ") + sign
  }

  /// A block of code, behind a fence that is longer than any in it.
  static func fenced(_ text: String, language: String = "") -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { DisplayText.visible(String($0)) }.joined(separator: "\t")
    }
    let word = language.filter { $0.isLetter || $0.isNumber || "+-_#.".contains($0) }
    return ([fence + word] + lines + [fence]).joined(separator: "\n")
  }

  static func prefixed(_ text: String, first: String, rest: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { place, line in
      let prefix = place == 0 ? first : rest
      return line.isEmpty ? String(prefix.reversed().drop { $0 == " " }.reversed()) : prefix + line
    }.joined(separator: "\n")
  }

  static func escapedAddress(_ address: String) -> String {
    address.reduce(into: "") { $0 += "<>\\&".contains($1) ? "\\\($1)" : String($1) }
  }

  private static func longestRun(of sign: Character, in text: String) -> Int {
    var longest = 0
    var current = 0
    for character in text {
      current = character == sign ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }
}
