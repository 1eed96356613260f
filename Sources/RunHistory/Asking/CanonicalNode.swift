/// Reads the text of a `CanonicalTree` back. The text may come from a file that anyone wrote, so nothing here recurses.
enum CanonicalNode {
  /// A name, number, string or parenthesis.
  private enum Token { case open, close, atom }

  /// The head and the operands of `(head a b)`, each as it stands; empty for an atom.
  static func operands(of text: String) -> [Substring] {
    guard text.hasPrefix("(") else { return [] }
    var depth = 0
    var found: [Substring] = []
    var start = text.startIndex
    scan(text) { token, range in
      if depth == 1, token != .close { start = range.lowerBound }
      switch token {
      case .open: depth += 1
      case .close: depth -= 1
      case .atom: break
      }
      if depth == 1, range.lowerBound != text.startIndex { found.append(text[start..<range.upperBound]) }
    }
    return found
  }

  /// Every subtree, the whole and the atoms among them.
  static func subtrees(of text: String) -> [Substring] {
    var open: [String.Index] = []
    var found: [Substring] = []
    scan(text) { token, range in
      switch token {
      case .open: open.append(range.lowerBound)
      case .close: if let start = open.popLast() { found.append(text[start..<range.upperBound]) }
      case .atom: found.append(text[range])
      }
    }
    return found
  }

  /// The operands of every node with this head, a list for each.
  static func operandLists(of text: String, under head: Substring) -> [ArraySlice<Substring>] {
    var open: [(start: String.Index, parts: [Substring])] = []
    var found: [ArraySlice<Substring>] = []
    scan(text) { token, range in
      switch token {
      case .open: open.append((range.lowerBound, []))
      case .close:
        guard let (start, parts) = open.popLast() else { return }
        if let first = parts.first, first.utf8.count == head.utf8.count, first == head { found.append(parts.dropFirst()) }
        if !open.isEmpty { open[open.count - 1].parts.append(text[start..<range.upperBound]) }
      case .atom: if !open.isEmpty { open[open.count - 1].parts.append(text[range]) }
      }
    }
    return found
  }

  private static func scan(_ text: String, _ visit: (Token, Range<String.Index>) -> Void) {
    let bytes = text.utf8
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let start = index
      index = bytes.index(after: index)
      switch bytes[start] {
      case UInt8(ascii: "("): visit(.open, start..<index)
      case UInt8(ascii: ")"): visit(.close, start..<index)
      case UInt8(ascii: " "): continue
      case UInt8(ascii: "\""):
        index = endOfString(bytes, from: index)
        visit(.atom, start..<index)
      default:
        while index < bytes.endIndex, !isDelimiter(bytes[index]) { index = bytes.index(after: index) }
        visit(.atom, start..<index)
      }
    }
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: " ")
  }

  /// Behind the closing quote of a string whose opening one lies before `start`.
  private static func endOfString(_ bytes: String.UTF8View, from start: String.Index) -> String.Index {
    var index = start
    while index < bytes.endIndex {
      let byte = bytes[index]
      index = bytes.index(after: index)
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\"), index < bytes.endIndex { index = bytes.index(after: index) }
    }
    return index
  }
}
