import Commands
import RunHistory
import Tables

extension Answer {
  /// For a page in Markdown: tables as tables, everything else as text in its own lines. A figure is drawn in characters, because what shows
  /// Markdown often shows neither SVG nor pictures that the text holds (GitHub shows none of them).
  var markdown: String {
    switch self {
    case .table(let table, .table): table.rendered(as: .markdown)
    case .sections(let sections, .table): sections.markdown
    case .text, .figure, .table, .sections: MarkdownText.fenced(text(), language: "text")
    }
  }
}

extension [RunReport.Section] {
  var markdown: String { map { "**\(MarkdownText.escaped($0.title))**\n\n" + $0.content.markdown }.joined(separator: "\n\n") }
}

extension RunReport.Section.Content {
  fileprivate var markdown: String {
    switch self {
    case .pairs(let table), .table(let table): table.rendered(as: .markdown)
    case .lines(let lines): MarkdownText.fenced(lines.joined(separator: "\n"), language: "siam")
    }
  }
}
