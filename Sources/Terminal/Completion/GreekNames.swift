import Syntax

/// `\tau` + Tab types τ. (The Latin spelling is the same name, so nobody needs to.)
enum GreekNames {
  /// The candidates for an unfinished `\ta`. A name that is complete is replaced by its letter even where a longer one begins with it.
  static func candidates(for escape: String) -> [Completion.Candidate] {
    let name = String(escape.dropFirst())
    if let letter = GreekLetters.greek(for: name) { return [.init(String(letter))] }
    let matches = GreekLetters.all.filter { $0.latin.hasPrefix(name) }
    return matches.count == 1 ? [.init(String(matches[0].greek))] : matches.map { .init("\\" + $0.latin) }
  }
}
