import Figures

/// A figure on a page: a picture by gnuplot where there is one, else drawn in characters.
enum FigureHTML {
  static func html(_ figure: Figure, idPrefix: String? = nil) -> HTML {
    guard let document = try? Gnuplot().svg(figure), let picture = EmbeddedSVG(document, idPrefix: idPrefix, label: label(of: figure)) else {
      return .element("figure", [:], .preformatted(figure.text(columns: 76, rows: 20, ascii: false)))
    }
    let notes = figure.notesBesidePicture.map { HTML.element("figcaption", [:], HTML($0)) }.joined()
    return .element("figure", [:], HTML(written: picture.markup), notes)
  }

  /// What its panels show: `Plot: mo, mr`.
  private static func label(of figure: Figure) -> String {
    "Plot: " + figure.panels.map { $0.title.isEmpty ? $0.y.label : $0.title }.joined(separator: ", ")
  }
}
