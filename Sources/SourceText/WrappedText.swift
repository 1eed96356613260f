/// Prose in lines that fit a window.
public enum WrappedText {
  /// The text with every line that is longer than the window broken at blanks, and what is broken off indented. Colours take no
  /// room.
  ///
  /// - Parameter columns: nil where nobody knows how wide the window is: the text as it is.
  public static func text(_ text: String, columns: Int?) -> String {
    guard let columns, columns > 8 else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line($0, columns) }.joined(separator: "\n")
  }

  private static func line(_ line: Substring, _ columns: Int) -> String {
    guard width(line) > columns else { return String(line) }
    let margin = line.prefix { $0 == " " }
    // Under text that is far in, there would be no room.
    let hanging = String(repeating: " ", count: min(margin.count + 2, columns / 2))
    var result = String(margin)
    var used = margin.count
    var blanks: Substring = ""
    var rest = line.dropFirst(margin.count)
    var isFirst = true
    while !rest.isEmpty {
      let word = rest.prefix { $0 != " " }
      rest = rest.dropFirst(word.count)
      let wordWidth = width(word)
      if isFirst || used + blanks.count + wordWidth <= columns {
        result += blanks + word
        used += blanks.count + wordWidth
      } else {
        result += "\n" + hanging + word
        used = hanging.count + wordWidth
      }
      isFirst = false
      blanks = rest.prefix { $0 == " " }
      rest = rest.dropFirst(blanks.count)
    }
    return result
  }

  private static func width(_ text: Substring) -> Int {
    DisplayText.width(of: String(text.contains("\u{1B}") ? text.replacing(/\u{1B}\[[0-9;]*m/, with: "") : text))
  }
}
