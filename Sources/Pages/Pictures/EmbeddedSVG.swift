/// An SVG document as a part of a page.
///
/// Only what a drawing is made of is kept: shapes, text, gradients, pictures that the document itself holds. Scripts, links, styles and whatever
/// else is left out, and so is any address outside. Names get a prefix, as all pictures of a page share one space of names. Black, white and grey
/// become the page's ink, paper and grid (`--ink`, `--paper`, `--grid`), for pages that are dark.
public struct EmbeddedSVG: Sendable {
  /// `<svg>…</svg>`
  public let markup: String

  /// nil where the document is none.
  ///
  /// - Parameters:
  ///   - idPrefix: begins the names; without one, a hash of the document does.
  ///   - label: what the picture is, for who cannot see it.
  public init?(_ document: String, idPrefix: String? = nil, label: String) {
    var writer = SVGWriter(idPrefix: idPrefix ?? "svg" + Self.hash(document) + "-", label: label)
    var scanner = MarkupScanner(document)
    do {
      while let piece = try scanner.next() { try writer.write(piece) }
    } catch {
      return nil
    }
    guard let markup = writer.finished else { return nil }
    self.markup = markup
  }

  /// FNV-1a: one document has one name, wherever it is shown.
  private static func hash(_ text: String) -> String {
    String(text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 16)
  }
}
