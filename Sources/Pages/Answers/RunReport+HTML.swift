import RunHistory
import Tables

extension [RunReport.Section] {
  /// The sections one under the other, each with its title.
  var html: HTML {
    map { section in
      HTML.element("section", [:], .element("h4", [:], HTML(section.title)), section.content.html)
    }.joined(separator: "\n")
  }
}

extension RunReport.Section.Content {
  fileprivate var html: HTML {
    switch self {
    case .pairs(let table): table.htmlPairs
    case .table(let table): table.html
    case .lines(let lines): .preformatted(lines.joined(separator: "\n"))
    }
  }
}
