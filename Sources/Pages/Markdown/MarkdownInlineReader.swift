/// Reads the text of a paragraph: code, formulas, links and emphasis.
struct MarkdownInlineReader {
  /// What has been read, before it is known which signs are emphasis.
  enum Node {
    case inline(MarkdownInline)
    case delimiter(EmphasisReader.Delimiter)
    /// `[` or `![`: a link, if its end is found.
    case bracket(Bracket)
  }

  struct Bracket {
    let isImage: Bool
    /// A link holds no other.
    var isActive = true
    var text: String { isImage ? "![" : "[" }
  }

  let scalars: [Unicode.Scalar]
  var place = 0
  private var nodes: [Node] = []
  private var text = ""
  /// Lengths of runs of backticks that have no end.
  private var unclosed: Set<Int> = []
  /// Where those brackets are that may still be links.
  private var brackets: [Int] = []

  private static let mostBrackets = 32
  /// A formula is no longer.
  private static let longestFormula = 2000

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  static func inlines(_ text: String) -> [MarkdownInline] {
    var reader = MarkdownInlineReader(text)
    return reader.read()
  }

  private mutating func read() -> [MarkdownInline] {
    skipBlanks()
    while place < scalars.count { readNext() }
    while text.last == " " { text.removeLast() }
    endText()
    return EmphasisReader.inlines(nodes)
  }

  func scalar(_ ahead: Int = 0) -> Unicode.Scalar? { scalars.indices.contains(place + ahead) ? scalars[place + ahead] : nil }

  func string(_ range: Range<Int>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[range])
    return text
  }

  private mutating func readNext() {
    switch scalars[place] {
    case "\\": readEscape()
    case "`": readCode()
    case "$": if !readMath() { take() }
    case "<": if !readAddress() { take() }
    case "&": readReference()
    case "*", "_", "~": readDelimiter()
    case "!" where scalar(1) == "[": openBracket(isImage: true)
    case "[": openBracket(isImage: false)
    case "]": closeBracket()
    case "\n": readNewline()
    case "h" where startsAddress: readBareAddress()
    default: take()
    }
  }

  private mutating func take(_ count: Int = 1) {
    text.unicodeScalars.append(contentsOf: scalars[place..<(place + count)])
    place += count
  }

  private mutating func skipBlanks() { while scalar() == " " { place += 1 } }

  private mutating func endText() {
    if !text.isEmpty { nodes.append(.inline(.text(text))) }
    text = ""
  }

  private mutating func append(_ inline: MarkdownInline) {
    endText()
    nodes.append(.inline(inline))
  }

  private mutating func readEscape() {
    guard let next = scalar(1) else { return take() }
    if next == "\n" {
      append(.lineBreak)
      place += 2
      skipBlanks()
    } else if next.isASCIIPunctuation {
      place += 1
      take()
    } else {
      take()
    }
  }

  /// Two blanks before the newline break the line.
  private mutating func readNewline() {
    let blankCount = text.reversed().prefix { $0 == " " }.count
    text.removeLast(blankCount)
    place += 1
    skipBlanks()
    if blankCount >= 2 && place < scalars.count { append(.lineBreak) } else if place < scalars.count { text += "\n" }
  }

  private mutating func readReference() {
    let end = scalars[place...].prefix(12).firstIndex(of: ";")
    guard let end, let character = CharacterReference.text(for: string((place + 1)..<end)) else { return take() }
    text += character
    place = end + 1
  }

  /// `` `x` `` ends with as many backticks as it begins.
  private mutating func readCode() {
    let start = place
    let count = run(at: place)
    guard !unclosed.contains(count) else { return take(count) }
    var end = place + count
    while end < scalars.count {
      guard scalars[end] == "`" else {
        end += 1
        continue
      }
      let length = run(at: end)
      if length == count {
        place = end + count
        let content = string((start + count)..<end).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: " ")
        let isPadded = content.count > 1 && content.first == " " && content.last == " " && content.contains { $0 != " " }
        return append(.code(isPadded ? String(content.dropFirst().dropLast()) : content))
      }
      end += length
    }
    unclosed.insert(count)
    take(count)
  }

  private func run(at start: Int) -> Int { scalars[start...].prefix { $0 == scalars[start] }.count }

  /// `$x$`, where no blank stands inside the signs and no digit behind them: `$5 and $6` are prices. `$$x$$` has a line of its own.
  private mutating func readMath() -> Bool {
    let isDisplayed = scalar(1) == "$"
    let signCount = isDisplayed ? 2 : 1
    let start = place + signCount
    guard start < scalars.count, isDisplayed || !scalars[start].properties.isWhitespace, scalars[start] != "$" else { return false }
    var end = start
    while end < min(scalars.count, start + Self.longestFormula) {
      if scalars[end] == "$" {
        let next = end + 1 < scalars.count ? scalars[end + 1] : " "
        let isEnd =
          isDisplayed ? next == "$" : !scalars[end - 1].properties.isWhitespace && !("0"..."9").contains(next) && scalars[end - 1] != "\\"
        if isEnd {
          append(.math(string(start..<end), isDisplayed: isDisplayed))
          place = end + signCount
          return true
        }
        if !isDisplayed && scalars[end - 1] != "\\" { return false }
      }
      end += 1
    }
    return false
  }

  /// `*`, `_`, `~~`: what stands on either side says whether they can begin or end emphasis.
  private mutating func readDelimiter() {
    let sign = scalars[place]
    let count = run(at: place)
    let before = place > 0 ? scalars[place - 1] : " "
    let after = place + count < scalars.count ? scalars[place + count] : " "
    guard sign != "~" || count == 2 else { return take(count) }
    let isLeft = !after.isMarkdownBlank && (!after.isPunctuation || before.isMarkdownBlank || before.isPunctuation)
    let isRight = !before.isMarkdownBlank && (!before.isPunctuation || after.isMarkdownBlank || after.isPunctuation)
    endText()
    nodes.append(
      .delimiter(
        .init(
          sign: Character(sign), count: count, opens: isLeft && (sign != "_" || !isRight || before.isPunctuation),
          closes: isRight && (sign != "_" || !isLeft || after.isPunctuation))))
    place += count
  }

  // MARK: Links

  private mutating func openBracket(isImage: Bool) {
    let count = isImage ? 2 : 1
    guard brackets.count < Self.mostBrackets else { return take(count) }
    endText()
    brackets.append(nodes.count)
    nodes.append(.bracket(Bracket(isImage: isImage)))
    place += count
  }

  private mutating func closeBracket() {
    guard let opening = brackets.popLast(), case .bracket(let bracket) = nodes[opening] else { return take() }
    endText()
    guard bracket.isActive, scalar(1) == "(", let target = MarkdownTarget(scalars, at: place + 2) else {
      nodes[opening] = .inline(.text(bracket.text))
      return take()
    }
    let content = EmphasisReader.inlines(Array(nodes[(opening + 1)...]))
    nodes.removeSubrange(opening...)
    place = target.end
    nodes.append(.inline(Self.link(content, to: target.destination, isImage: bracket.isImage)))
    guard !bracket.isImage else { return }
    for index in brackets {
      guard case .bracket(var outer) = nodes[index], !outer.isImage else { continue }
      outer.isActive = false
      nodes[index] = .bracket(outer)
    }
  }

  /// Where an address is none to follow, the words alone are left.
  private static func link(_ content: [MarkdownInline], to destination: String, isImage: Bool) -> MarkdownInline {
    if isImage, SVGVocabulary.isHeldPicture(destination) { return .image(content.map(\.plainText).joined(), destination: destination) }
    return .link(content, destination: SafeAddress.isSafe(destination) ? destination : "")
  }

  /// `<https://…>`
  private mutating func readAddress() -> Bool {
    guard let end = scalars[place...].prefix(2000).firstIndex(of: ">") else { return false }
    let address = string((place + 1)..<end)
    guard SafeAddress.isAbsolute(address) else { return false }
    append(.link([.text(address)], destination: address))
    place = end + 1
    return true
  }

  private var startsAddress: Bool {
    let before = place > 0 ? scalars[place - 1] : " "
    guard before.isMarkdownBlank || "(*_~".unicodeScalars.contains(before) else { return false }
    return ["http://", "https://"].contains { scalars[place...].starts(with: $0.unicodeScalars) }
  }

  /// `https://…` as it stands in a sentence, without the sentence's own signs behind it.
  private mutating func readBareAddress() {
    var end = place
    while end < scalars.count, !scalars[end].isMarkdownBlank, scalars[end] != "<", end < place + 2000 { end += 1 }
    let parentheses = scalars[place..<end]
    var excess = parentheses.count { $0 == ")" } - parentheses.count { $0 == "(" }
    while let last = scalars[place..<end].last, "?!.,:*_~'\";".unicodeScalars.contains(last) || (last == ")" && excess > 0) {
      if last == ")" { excess -= 1 }
      end -= 1
    }
    let address = string(place..<end)
    guard SafeAddress.isAbsolute(address) else { return take() }
    append(.link([.text(address)], destination: address))
    place = end
  }
}

extension Unicode.Scalar {
  var isMarkdownBlank: Bool { properties.isWhitespace }

  var isASCIIPunctuation: Bool {
    switch value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  var isPunctuation: Bool {
    if value < 0x80 { return isASCIIPunctuation }
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation,
      .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      return true
    default: return false
    }
  }
}
