/// The user's words, short enough for a sentence.
enum Excerpt {
  private static let longest = 40

  /// On one line, the middle left out of what is long.
  static func short(_ text: String) -> String {
    let words = text.prefix(4 * longest).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard words.count > longest || text.utf8.count > 16 * longest else { return words }
    return words.prefix(longest - 1) + "…"
  }
}
