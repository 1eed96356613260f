/// Cuts lines into blocks.
struct MarkdownBlockReader {
  private let lines: [MarkdownLine]
  private let depth: Int
  private var place = 0
  private(set) var blocks: [MarkdownBlock] = []

  /// Quotes and lists are nested no deeper: their signs are text then.
  private static let deepest = 12

  init(_ lines: [MarkdownLine], depth: Int) {
    self.lines = lines
    self.depth = depth
  }

  mutating func read() {
    while place < lines.count {
      let line = lines[place]
      if line.isBlank {
        place += 1
      } else if let fence = line.fence {
        readFencedCode(fence.sign, fence.count, fence.language, indent: line.indent)
      } else if line.indent >= 4 {
        readIndentedCode()
      } else if let heading = line.heading {
        blocks.append(.heading(level: heading.level, MarkdownInlineReader.inlines(heading.text)))
        place += 1
      } else if line.isRule {
        blocks.append(.rule)
        place += 1
      } else if depth < Self.deepest, line.quoted != nil {
        readQuote()
      } else if depth < Self.deepest, let item = line.item {
        readList(item)
      } else if let table = MarkdownTableReader.table(at: place, of: lines) {
        blocks.append(.table(table.table))
        place = table.end
      } else {
        readParagraph()
      }
    }
  }

  private mutating func readFencedCode(_ sign: Character, _ count: Int, _ language: String, indent: Int) {
    place += 1
    var content: [String] = []
    while place < lines.count {
      let line = lines[place]
      place += 1
      let body = line.trimmed
      if line.indent < 4, body.count >= count, body.allSatisfy({ $0 == sign }) { break }
      content.append(line.dropping(indent).text)
    }
    blocks.append(.code(language: language, text: content.joined(separator: "\n")))
  }

  private mutating func readIndentedCode() {
    let start = place
    while place < lines.count, lines[place].isBlank || lines[place].indent >= 4 { place += 1 }
    while lines[place - 1].isBlank { place -= 1 }
    blocks.append(.code(language: "", text: lines[start..<place].map { $0.dropping(4).text }.joined(separator: "\n")))
  }

  private mutating func readParagraph() {
    let start = place
    place += 1
    while place < lines.count, MarkdownTableReader.table(at: place, of: lines) == nil {
      if let level = lines[place].underlinedLevel {
        blocks.append(.heading(level: level, MarkdownInlineReader.inlines(text(start..<place))))
        place += 1
        return
      }
      if lines[place].endsParagraph { break }
      place += 1
    }
    blocks.append(.paragraph(MarkdownInlineReader.inlines(text(start..<place))))
  }

  private func text(_ range: Range<Int>) -> String { lines[range].map(\.text).joined(separator: "\n") }

  private mutating func readQuote() {
    var content: [MarkdownLine] = []
    while place < lines.count {
      if let quoted = lines[place].quoted {
        content.append(quoted)
      } else if !lines[place].endsParagraph, content.last?.isBlank == false {
        content.append(lines[place])
      } else {
        break
      }
      place += 1
    }
    blocks.append(.quote(nested(content)))
  }

  private func nested(_ lines: [MarkdownLine]) -> [MarkdownBlock] {
    var reader = MarkdownBlockReader(lines, depth: depth + 1)
    reader.read()
    return reader.blocks
  }

  private mutating func readList(_ first: MarkdownLine.Item) {
    var list = MarkdownList(start: first.number, isTight: true, items: [])
    while place < lines.count, let item = lines[place].item, item.sign == first.sign {
      var content = [item.first]
      place += 1
      while place < lines.count, belongs(lines[place], to: item, after: content) {
        content.append(lines[place].dropping(item.width))
        place += 1
      }
      var blankCount = 0
      while content.last?.isBlank == true, content.count > 1 {
        content.removeLast()
        blankCount += 1
      }
      let blocks = nested(content)
      list.items.append(blocks)
      let paragraphCount = blocks.count { if case .paragraph = $0 { true } else { false } }
      let goesOn = place < lines.count && lines[place].item?.sign == first.sign
      if paragraphCount > 1 || (blankCount > 0 && goesOn) { list.isTight = false }
    }
    blocks.append(.list(list))
  }

  /// Whether a line goes on with an item: it is indented as far, or a paragraph's next line.
  private func belongs(_ line: MarkdownLine, to item: MarkdownLine.Item, after content: [MarkdownLine]) -> Bool {
    if line.isBlank { return content.count > 1 || !item.isEmpty }
    if line.indent >= item.width { return true }
    return line.item == nil && !line.endsParagraph && content.last?.isBlank == false && !(content.count == 1 && item.isEmpty)
  }
}
