import Figures

/// A figure on a page: a picture by gnuplot where there is one, else drawn in characters.
enum FigureHTML {
  static func html(_ figure: Figure, idPrefix: String? = nil) -> HTML {
    let text = figure.text(columns: 76, rows: 20, ascii: false)
    let title = text.split(separator: "\n").first.map { $0.trimmingPrefix { $0 == " " } } ?? ""
    let label = "Plot: \(title)"
    if let document = try? Gnuplot().svg(figure), let picture = EmbeddedSVG(document, idPrefix: idPrefix, label: label) {
      return .element("figure", [:], HTML(written: picture.markup))
    }
    return .element("figure", [:], .preformatted(text))
  }
}
