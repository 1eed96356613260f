import SourceText
import Syntax

extension MarkdownDocument {
  var html: HTML { blocks.map(\.html).joined(separator: "\n") }
}

extension MarkdownBlock {
  var html: HTML {
    switch self {
    case .heading(let level, let content):
      switch level {
      case 1: .element("h1", [:], content.html)
      case 2: .element("h2", [:], content.html)
      case 3: .element("h3", [:], content.html)
      case 4: .element("h4", [:], content.html)
      case 5: .element("h5", [:], content.html)
      default: .element("h6", [:], content.html)
      }
    case .paragraph(let content): .element("p", [:], content.html)
    case .code("siam", let text): CodeHTML.block(SourceFile(name: "", text: text))
    case .code(_, let text): .preformatted(text)
    case .quote(let blocks): .element("blockquote", [:], blocks.map(\.html).joined(separator: "\n"))
    case .list(let list): list.html
    case .table(let table): table.html
    case .rule: .void("hr")
    }
  }
}

extension MarkdownList {
  fileprivate var html: HTML {
    let content = items.map { blocks in
      HTML.element("li", [:], blocks.map { isTight ? $0.tightHTML : $0.html }.joined(separator: "\n"))
    }.joined(separator: "\n")
    guard let start else { return .element("ul", [:], content) }
    return start == 1 ? .element("ol", [:], content) : .element("ol", ["start": String(start)], content)
  }
}

extension MarkdownBlock {
  /// A paragraph without room around it.
  fileprivate var tightHTML: HTML { if case .paragraph(let content) = self { content.html } else { html } }
}

extension MarkdownTable {
  fileprivate var html: HTML {
    let styles = alignments.map { alignment in
      switch alignment {
      case .none, .left: "text-align:left"
      case .center: "text-align:center"
      case .right: "text-align:right"
      }
    }
    let head = zip(styles, self.head).map { HTML.element("th", ["scope": "col", "style": $0], $1.html) }.joined()
    let body = rows.map { row in HTML.element("tr", [:], zip(styles, row).map { HTML.element("td", ["style": $0], $1.html) }.joined()) }
    return .element(
      "div", ["class": "scroll", "style": "overflow-x:auto"],
      .element("table", [:], .element("thead", [:], .element("tr", [:], head)), .element("tbody", [:], body.joined(separator: "\n"))))
  }
}

extension [MarkdownInline] {
  fileprivate var html: HTML { map(\.html).joined() }
}

extension MarkdownInline {
  fileprivate var html: HTML {
    switch self {
    case .text(let text): HTML(text)
    case .code(let text): .element("code", [:], HTML(text))
    case .math(let text, false): .element("span", ["class": "math"], HTML(text))
    case .math(let text, true): .element("span", ["class": "math displayed"], HTML(text))
    case .emphasis(let content): .element("em", [:], content.html)
    case .strong(let content): .element("strong", [:], content.html)
    case .struck(let content): .element("del", [:], content.html)
    case .link(let content, ""): content.html
    case .link(let content, let destination): .element("a", ["href": destination, "rel": "noopener noreferrer"], content.html)
    case .image(let text, let destination): .void("img", ["alt": text, "src": destination])
    case .lineBreak: .void("br")
    }
  }
}
