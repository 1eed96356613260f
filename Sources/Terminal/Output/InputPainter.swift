import SourceText
import Syntax

/// Colours for what is being typed.
public enum InputPainter {
  /// The part of a text from an offset on, in colours.
  ///
  /// - Parameter start: a UTF-8 offset: what stands before it is read, as it says what follows, and is not shown.
  public static func painted(_ text: String, from start: Int = 0) -> String {
    let bytes = Array(text.utf8)
    var result = ""
    var place = start
    func show(upTo end: Int) {
      guard end > place else { return }
      result += String(decoding: bytes[place..<end], as: UTF8.self)
      place = end
    }
    for piece in SyntaxHighlighter.pieces(of: SourceFile(name: "<prompt>", text: text)) where piece.range.upperBound > start {
      guard let style = style(of: piece.kind) else { continue }
      show(upTo: min(piece.range.lowerBound, bytes.count))
      let end = min(piece.range.upperBound, bytes.count)
      guard end > place else { continue }
      result += TerminalColors.painted(String(decoding: bytes[place..<end], as: UTF8.self), style)
      place = end
    }
    show(upTo: bytes.count)
    return result
  }

  private static func style(of kind: SyntaxHighlighter.Piece.Kind) -> TerminalColors.Style? {
    switch kind {
    case .keyword: .bold
    case .function: .cyan
    case .option: .yellow
    case .number: .magenta
    case .string: .green
    case .comment: .faint
    case .name, .sign: nil
    }
  }
}
