import Commands
import Tables

/// Answers as pieces of a page: of a report, or of another program that shows HTML.
public enum AnswerHTML {
  /// Markup that can stand in the body of a page: no scripts, no styles that reach beyond it, nothing that is loaded.
  public static func render(_ answer: Answer) -> String { html(answer).markup }

  /// - Parameter idPrefix: begins the names inside a picture; on a page no two pictures may share them.
  static func html(_ answer: Answer, idPrefix: String? = nil) -> HTML {
    switch answer {
    case .text(let text), .prose(let text): .preformatted(text)
    case .table(let table, .table): table.html
    case .sections(let sections, .table): sections.html
    case .figure(let figure): FigureHTML.html(figure, idPrefix: idPrefix)
    case .help(let page): .element("div", ["class": "help"], MarkdownDocument(page.markdown).html)
    // Who asks for a table as LaTeX wants its text.
    case .table, .sections: .preformatted(answer.text())
    }
  }
}
