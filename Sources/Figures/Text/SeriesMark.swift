/// How one series is told from the others without colours.
enum SeriesMark {
  private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// A letter each; the titles themselves where each is one character of its own, as the classes 0 to 9 are. What comes after the letters is `.`.
  static func marks(of titles: [String]) -> [Character] {
    let short = titles.compactMap { $0.count == 1 && $0.utf8.count == 1 ? $0.first : nil }
    if short.count == titles.count, Set(short).count == titles.count { return short }
    return titles.indices.map { $0 < letters.count ? letters[$0] : "." }
  }
}
