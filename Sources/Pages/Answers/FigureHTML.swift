import Figures

/// A figure on a page: a picture by gnuplot where there is one, else drawn in characters.
enum FigureHTML {
  static func html(_ figure: Figure, idPrefix: String? = nil) -> HTML {
    let label = "A plot."
    if let document = try? Gnuplot().svg(figure), let picture = EmbeddedSVG(document, idPrefix: idPrefix, label: label) {
      return .element("figure", [:], HTML(written: picture.markup))
    }
    return .element("figure", [:], .preformatted(figure.text(columns: 76, rows: 20, ascii: false)))
  }
}
