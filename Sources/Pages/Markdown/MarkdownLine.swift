/// A line of prose, and what it can begin.
struct MarkdownLine {
  /// Tabs are blanks up to the next column of four.
  let text: String

  init(_ text: String) {
    guard text.contains("\t") else {
      self.text = text
      return
    }
    self.text = text.reduce(into: "") { $0 += $1 == "\t" ? String(repeating: " ", count: 4 - $0.count % 4) : String($1) }
  }

  var indent: Int { text.prefix { $0 == " " }.count }
  var isBlank: Bool { text.allSatisfy { $0 == " " } }
  /// Without blanks at either end.
  var trimmed: Substring { text.drop { $0 == " " }.trimmingEnd(" ") }

  /// Without so many columns of indentation, or as many as there are.
  func dropping(_ columns: Int) -> MarkdownLine { MarkdownLine(String(text.dropFirst(min(columns, indent)))) }

  /// `## Title ##`
  var heading: (level: Int, text: String)? {
    let body = trimmed
    let level = body.prefix { $0 == "#" }.count
    guard indent < 4, (1...6).contains(level), body.count == level || body.dropFirst(level).first == " " else { return nil }
    let content = body.dropFirst(level).drop { $0 == " " }
    let closed = content.trimmingEnd("#")
    return (level, String(closed.isEmpty || closed.last == " " ? closed.trimmingEnd(" ") : content))
  }

  /// ```` ```siam ````
  var fence: (sign: Character, count: Int, language: String)? {
    let body = trimmed
    guard indent < 4, let sign = body.first, sign == "`" || sign == "~" else { return nil }
    let count = body.prefix { $0 == sign }.count
    let information = body.dropFirst(count)
    guard count >= 3, sign == "~" || !information.contains("`") else { return nil }
    return (sign, count, String(information.split(separator: " ").first ?? ""))
  }

  /// `---`, `* * *`
  var isRule: Bool {
    let signs = text.filter { $0 != " " }
    guard indent < 4, let sign = signs.first, "-*_".contains(sign) else { return false }
    return signs.count >= 3 && signs.allSatisfy { $0 == sign }
  }

  /// The text behind `> `.
  var quoted: MarkdownLine? {
    let body = text.drop { $0 == " " }
    guard indent < 4, body.first == ">" else { return nil }
    let rest = body.dropFirst()
    return MarkdownLine(String(rest.first == " " ? rest.dropFirst() : rest))
  }

  /// `===` or `---` under a paragraph.
  var underlinedLevel: Int? {
    let body = trimmed
    guard indent < 4, let sign = body.first, body.allSatisfy({ $0 == sign }) else { return nil }
    return sign == "=" ? 1 : sign == "-" ? 2 : nil
  }

  /// `- `, `3. `
  var item: Item? {
    let body = text.drop { $0 == " " }
    guard indent < 4, !isRule, let first = body.first else { return nil }
    let digits = body.prefix { ("0"..."9").contains($0) }
    let marker: Substring
    if "-+*".contains(first) {
      marker = body.prefix(1)
    } else if (1...9).contains(digits.count), let end = body.dropFirst(digits.count).first, end == "." || end == ")" {
      marker = body.prefix(digits.count + 1)
    } else {
      return nil
    }
    let rest = body.dropFirst(marker.count)
    let blanks = rest.prefix { $0 == " " }.count
    guard rest.isEmpty || blanks > 0 else { return nil }
    let isEmpty = rest.count == blanks
    // Code of four blanks may begin an item.
    let width = indent + marker.count + (isEmpty || blanks > 4 ? 1 : blanks)
    return Item(sign: marker.last ?? "-", number: Int(digits), width: width, isEmpty: isEmpty, first: MarkdownLine(String(text.dropFirst(width))))
  }

  struct Item {
    /// Items of one list have the same.
    let sign: Character
    let number: Int?
    /// Of what stands before the text, in columns.
    let width: Int
    let isEmpty: Bool
    let first: MarkdownLine
  }

  /// Whether a paragraph ends before this line.
  var endsParagraph: Bool {
    if isBlank || heading != nil || fence != nil || isRule || quoted != nil { return true }
    guard let item else { return false }
    return !item.isEmpty && (item.number ?? 1) == 1
  }
}

extension Substring {
  func trimmingEnd(_ character: Character) -> Substring {
    var text = self
    while text.last == character { text.removeLast() }
    return text
  }
}
