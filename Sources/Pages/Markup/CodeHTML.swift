import SourceText
import Syntax

/// Statements, coloured by what their words are.
enum CodeHTML {
  /// - Parameter range: the part of the file; its whole text without one.
  static func block(_ file: SourceFile, _ range: Range<Int>? = nil) -> HTML {
    .element("pre", ["class": "code"], .element("code", [:], content(file, range)))
  }

  /// Whole lines of a file, each with its number and a name to link to.
  static func numbered(_ file: SourceFile, _ range: Range<Int>) -> HTML {
    let first = file.line(at: range.lowerBound)
    let lines = content(file, range).markup.split(separator: "\n", omittingEmptySubsequences: false)
    // No part is longer than its line.
    let numbered = lines.enumerated().map { offset, line in
      HTML.element("span", ["class": "line", "id": "line-\(first + offset)", "data-line": String(first + offset)], HTML(written: String(line)))
    }
    return .element("pre", ["class": "code"], .element("code", [:], numbered.joined(separator: "\n")))
  }

  /// Each coloured part in a `<span>` of its kind's name.
  static func content(_ file: SourceFile, _ range: Range<Int>? = nil) -> HTML {
    let range = range ?? 0..<file.bytes.count
    // Read apart: what stands before the part does not change what its words are.
    let part = SourceFile(
      name: file.name, text: file.text(in: range).split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n"))
    var result = HTML.empty
    var place = 0
    for piece in SyntaxHighlighter.pieces(of: part) {
      result += HTML(part.text(in: place..<piece.range.lowerBound))
      let text = HTML(part.text(in: piece.range))
      // Names are most of a text, and have no colour.
      result += piece.kind == .name ? text : .element("span", ["class": className(piece.kind)], text)
      place = piece.range.upperBound
    }
    return result + HTML(part.text(in: place..<part.bytes.count))
  }

  private static func className(_ kind: SyntaxHighlighter.Piece.Kind) -> String { "s-" + kind.rawValue }
}
