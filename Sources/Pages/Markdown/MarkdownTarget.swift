/// Where a link leads: what stands in the parentheses behind its text. A title is read and left out.
struct MarkdownTarget {
  let destination: String
  /// Behind the parenthesis.
  let end: Int

  /// - Parameter start: behind `(`.
  init?(_ text: [Unicode.Scalar], at start: Int) {
    // What goes on and on is none, and is not read to its end for every bracket before it.
    let scalars = text.prefix(start + Self.longest)
    var place = start
    func skipBlanks() { while place < scalars.count, scalars[place].isMarkdownBlank { place += 1 } }
    skipBlanks()
    guard let raw = Self.destination(scalars, &place) else { return nil }
    let before = place
    skipBlanks()
    if place < scalars.count, place > before, let closing = Self.titleEnds[scalars[place]] {
      place += 1
      while place < scalars.count, scalars[place] != closing { place += scalars[place] == "\\" ? 2 : 1 }
      place += 1
      skipBlanks()
    }
    guard place < scalars.count, scalars[place] == ")" else { return nil }
    destination = Self.resolved(raw)
    end = place + 1
  }

  private static let longest = 4000
  private static let titleEnds: [Unicode.Scalar: Unicode.Scalar] = ["\"": "\"", "'": "'", "(": ")"]

  /// `<with blanks>`, or up to a blank, with parentheses in pairs.
  private static func destination(_ scalars: ArraySlice<Unicode.Scalar>, _ place: inout Int) -> ArraySlice<Unicode.Scalar>? {
    let start = place
    if place < scalars.count, scalars[place] == "<" {
      place += 1
      while place < scalars.count, scalars[place] != ">" {
        if scalars[place] == "\n" || scalars[place] == "<" { return nil }
        place += scalars[place] == "\\" ? 2 : 1
      }
      guard place < scalars.count else { return nil }
      place += 1
      return scalars[(start + 1)..<(place - 1)]
    }
    var depth = 0
    while place < scalars.count, !scalars[place].isMarkdownBlank {
      if scalars[place] == "(" { depth += 1 }
      if scalars[place] == ")" {
        if depth == 0 { break }
        depth -= 1
      }
      place += scalars[place] == "\\" && place + 1 < scalars.count && !scalars[place + 1].isMarkdownBlank ? 2 : 1
    }
    return depth == 0 ? scalars[start..<place] : nil
  }

  /// Without escapes and character references, so that what is judged is what a browser will read.
  private static func resolved(_ raw: ArraySlice<Unicode.Scalar>) -> String {
    var result = ""
    var place = raw.startIndex
    while place < raw.endIndex {
      if raw[place] == "\\", place + 1 < raw.endIndex, raw[place + 1].isASCIIPunctuation {
        place += 1
      } else if raw[place] == "&", let end = raw[place...].prefix(12).firstIndex(of: ";") {
        var name = ""
        name.unicodeScalars.append(contentsOf: raw[(place + 1)..<end])
        if let character = CharacterReference.text(for: name) {
          result += character
          place = end + 1
          continue
        }
      }
      result.unicodeScalars.append(raw[place])
      place += 1
    }
    return result
  }
}

/// Addresses that a page may lead to.
enum SafeAddress {
  private static let schemes = ["http", "https", "mailto"]

  /// A relative address, or one of a scheme that runs nothing.
  static func isSafe(_ address: String) -> Bool {
    guard isPlain(address), !address.isEmpty else { return false }
    return scheme(of: address).map { schemes.contains($0) } ?? true
  }

  static func isAbsolute(_ address: String) -> Bool {
    isPlain(address) && scheme(of: address).map { schemes.contains($0) && address.utf8.count > $0.utf8.count + 1 } ?? false
  }

  /// A browser leaves out blanks and control characters: `java\nscript:` would be read as one word.
  private static func isPlain(_ address: String) -> Bool {
    address.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.properties.generalCategory != .control && $0 != "<" && $0 != ">" }
  }

  private static func scheme(of address: String) -> String? {
    guard let colon = address.firstIndex(of: ":") else { return nil }
    let before = address[..<colon]
    return before.contains { "/?#".contains($0) } ? nil : before.lowercased()
  }
}
