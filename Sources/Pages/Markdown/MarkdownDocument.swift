/// Prose, read as Markdown: CommonMark's headings, paragraphs, lists, quotes, code, emphasis and links, with GitHub's tables and formulas.
///
/// No HTML: what looks like a tag is text. No link references. An image is a link to it, as a page loads nothing; one that is written out
/// (`data:image/png;base64,…`) is shown.
struct MarkdownDocument: Hashable {
  var blocks: [MarkdownBlock]

  init(_ text: String) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { MarkdownLine(String($0)) }
    var reader = MarkdownBlockReader(lines, depth: 0)
    reader.read()
    blocks = reader.blocks
  }

  /// The text of the first heading.
  var title: String? {
    for case .heading(_, let content) in blocks { return content.map(\.plainText).joined() }
    return nil
  }
}

indirect enum MarkdownBlock: Hashable {
  case heading(level: Int, [MarkdownInline])
  case paragraph([MarkdownInline])
  case code(language: String, text: String)
  case quote([MarkdownBlock])
  case list(MarkdownList)
  case table(MarkdownTable)
  case rule
}

struct MarkdownList: Hashable {
  /// The first number; nil where items have none.
  var start: Int?
  /// Without blank lines between the items.
  var isTight: Bool
  var items: [[MarkdownBlock]]
}

struct MarkdownTable: Hashable {
  enum Alignment: Hashable { case none, left, center, right }
  var alignments: [Alignment]
  var head: [[MarkdownInline]]
  /// As many cells in each row as in the head.
  var rows: [[[MarkdownInline]]]
}

indirect enum MarkdownInline: Hashable {
  case text(String)
  case code(String)
  /// A formula, as typed.
  case math(String, isDisplayed: Bool)
  case emphasis([MarkdownInline])
  case strong([MarkdownInline])
  case struck([MarkdownInline])
  case link([MarkdownInline], destination: String)
  /// A picture that the text itself holds.
  case image(String, destination: String)
  case lineBreak

  var plainText: String {
    switch self {
    case .text(let text), .code(let text), .math(let text, _): text
    case .emphasis(let content), .strong(let content), .struck(let content), .link(let content, _): content.map(\.plainText).joined()
    case .image(let text, _): text
    case .lineBreak: " "
    }
  }
}
