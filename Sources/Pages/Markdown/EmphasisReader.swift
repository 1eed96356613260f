/// Finds which signs are emphasis, by CommonMark's rules.
struct EmphasisReader {
  struct Delimiter {
    let sign: Character
    var count: Int
    let opens: Bool
    let closes: Bool
    var text: String { String(repeating: sign, count: count) }
  }

  /// What stands behind a sign that may begin emphasis.
  private struct Frame {
    var delimiter: Delimiter?
    private var inlines: [MarkdownInline] = []
    /// Behind the others.
    private var text = ""

    init(_ delimiter: Delimiter? = nil, _ inlines: [MarkdownInline] = []) {
      self.delimiter = delimiter
      self.inlines = inlines
    }

    var content: [MarkdownInline] { text.isEmpty ? inlines : inlines + [.text(text)] }

    /// Texts side by side are one.
    mutating func append(_ inline: MarkdownInline) {
      if case .text(let text) = inline {
        self.text += text
      } else {
        if !text.isEmpty { inlines.append(.text(text)) }
        inlines.append(inline)
        text = ""
      }
    }
  }

  private var frames = [Frame()]
  /// Nothing is nested deeper.
  private static let deepest = 32

  static func inlines(_ nodes: [MarkdownInlineReader.Node]) -> [MarkdownInline] {
    var reader = EmphasisReader()
    for node in nodes {
      switch node {
      case .inline(let inline): reader.append(inline)
      case .bracket(let bracket): reader.append(.text(bracket.text))
      case .delimiter(let delimiter): reader.take(delimiter)
      }
    }
    reader.collapse(to: 0)
    return reader.frames[0].content
  }

  private mutating func append(_ inline: MarkdownInline) { frames[frames.count - 1].append(inline) }

  private mutating func take(_ delimiter: Delimiter) {
    var delimiter = delimiter
    while delimiter.count > 0, delimiter.closes, let opening = opening(for: delimiter) { close(&delimiter, opening) }
    guard delimiter.count > 0 else { return }
    if delimiter.opens && frames.count < Self.deepest { frames.append(Frame(delimiter)) } else { append(.text(delimiter.text)) }
  }

  /// The frame that a sign ends. Of signs that could both begin and end, lengths that add up to a multiple of three do not match.
  private func opening(for closer: Delimiter) -> Int? {
    frames.lastIndex { frame in
      guard let opener = frame.delimiter, opener.sign == closer.sign else { return false }
      let isAmbiguous = opener.closes || closer.opens
      return !(isAmbiguous && (opener.count + closer.count) % 3 == 0 && !(opener.count % 3 == 0 && closer.count % 3 == 0))
    }
  }

  private mutating func close(_ closer: inout Delimiter, _ opening: Int) {
    collapse(to: opening)
    guard var opener = frames[opening].delimiter else { return }
    let count = min(opener.count, closer.count, 2)
    let content = frames[opening].content
    let inline: MarkdownInline = closer.sign == "~" ? .struck(content) : count == 2 ? .strong(content) : .emphasis(content)
    opener.count -= count
    closer.count -= count
    if opener.count == 0 {
      frames.removeLast()
      append(inline)
    } else {
      frames[opening] = Frame(opener, [inline])
    }
  }

  /// Signs that have begun nothing are text.
  private mutating func collapse(to frame: Int) {
    while frames.count > frame + 1 {
      let last = frames.removeLast()
      if let delimiter = last.delimiter { append(.text(delimiter.text)) }
      for inline in last.content { append(inline) }
    }
  }
}
