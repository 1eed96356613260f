import Commands
import RunHistory
import Tables

extension Answer {
  /// For a page in Markdown: tables as tables, everything else as text in its own lines. A figure is drawn in characters, because what shows
  /// Markdown often shows neither SVG nor pictures that the text holds (GitHub shows none of them).
  var markdown: String {
    switch self {
    case .table(let table, .table): table.pageMarkdown
    case .sections(let sections, .table): sections.markdown
    case .help(let page): MarkdownDocument(page.markdown).text
    case .text, .prose, .figure, .table, .sections: MarkdownText.fenced(text(), language: "text")
    }
  }
}

extension ResultTable {
  /// A table of which nothing is read as Markdown's or HTML's own signs.
  var pageMarkdown: String {
    let rules = numericColumns.map { $0 ? "--:" : "---" }
    let body = evenRows.map { $0.map { MarkdownText.cell($0.shown) } }
    return ([columns.map(MarkdownText.cell), rules] + body).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}

extension ResultTable.Cell {
  /// Its text on a page.
  var shown: String {
    switch self {
    case .text(let text): text
    case .integer(let value): String(value)
    case .number(let value): NumberText.display(value)
    case .missing: "–"
    }
  }
}

extension [RunReport.Section] {
  var markdown: String { map { "**\(MarkdownText.escaped($0.title))**\n\n" + $0.content.markdown }.joined(separator: "\n\n") }
}

extension RunReport.Section.Content {
  fileprivate var markdown: String {
    switch self {
    case .pairs(let table), .table(let table): table.pageMarkdown
    case .lines(let lines): MarkdownText.fenced(lines.joined(separator: "\n"), language: "siam")
    }
  }
}
