extension MarkdownDocument {
  /// The document as Markdown again, such that every reader of Markdown sees what was read here: what looks like a tag is text, and addresses
  /// that run something are gone.
  var text: String { blocks.map(\.text).joined(separator: "\n\n") }
}

extension MarkdownBlock {
  var text: String {
    switch self {
    case .heading(let level, let content): String(repeating: "#", count: level) + " " + content.text.split(separator: "\n").joined(separator: " ")
    case .paragraph(let content): content.text
    case .code(let language, let text): MarkdownText.fenced(text, language: language)
    case .quote(let blocks): MarkdownText.prefixed(blocks.map(\.text).joined(separator: "\n\n"), first: "> ", rest: "> ")
    case .list(let list): list.text
    case .table(let table): table.text
    case .rule: "---"
    }
  }
}

extension MarkdownList {
  fileprivate var text: String {
    items.enumerated().map { place, blocks in
      let marker = start.map { "\($0 + place). " } ?? "- "
      let body = blocks.map(\.text).joined(separator: isTight ? "\n" : "\n\n")
      return MarkdownText.prefixed(body, first: marker, rest: String(repeating: " ", count: marker.count))
    }.joined(separator: isTight ? "\n" : "\n\n")
  }
}

extension MarkdownTable {
  fileprivate var text: String {
    let rules = alignments.map { alignment in
      switch alignment {
      case .none: "---"
      case .left: ":--"
      case .center: ":-:"
      case .right: "--:"
      }
    }
    let lines = [head.map(Self.cell), rules] + rows.map { $0.map(Self.cell) }
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  /// A bar would end the cell, in code too. Those of text are escaped already.
  private static func cell(_ content: [MarkdownInline]) -> String {
    var result = ""
    var isEscaped = false
    for character in content.text {
      if character == "|" && !isEscaped { result += "\\" }
      result += character.isNewline ? " " : String(character)
      isEscaped = character == "\\" && !isEscaped
    }
    return result
  }
}

extension [MarkdownInline] {
  fileprivate var text: String { map(\.text).joined() }
}

extension MarkdownInline {
  fileprivate var text: String {
    switch self {
    case .text(let text): MarkdownText.escaped(text)
    case .code(let text): MarkdownText.code(text)
    // Where a reader knows no formulas, `<b` would be a tag.
    case .math(let text, let isDisplayed): MarkdownText.math(text, isDisplayed: isDisplayed)
    case .emphasis(let content): "*" + content.text + "*"
    case .strong(let content): "**" + content.text + "**"
    case .struck(let content): "~~" + content.text + "~~"
    case .link(let content, ""): content.text
    case .link(let content, let destination): "[" + content.text + "](<" + MarkdownText.escapedAddress(destination) + ">)"
    case .image(let text, let destination): "![" + MarkdownText.escaped(text) + "](" + destination + ")"
    case .lineBreak: "\\\n"
    }
  }
}
