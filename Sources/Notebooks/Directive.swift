import SourceText

/// A comment line that tells `siam test` something: `#~ tolerance 0.01`, `#~ tolerance 0.01 absolute 1e-4`. It holds for the cells below it, up to the
/// next; `#~ tolerance standard` goes back.
struct Directive {
  static let sign: Character = "~"
  let tolerance: Tolerance?

  private static let hint = "`#~ tolerance 0.01`, `#~ tolerance 0.01 absolute 1e-4` or `#~ tolerance standard`"

  /// nil where the line is no directive.
  init?(line: Int, of file: SourceFile) throws(Diagnostic) {
    let span = SourceSpan(file, file.range(ofLine: line))
    let text = span.text.drop { $0 == " " || $0 == "\t" }
    guard text.hasPrefix("#\(Self.sign)") else { return nil }
    let words = text.dropFirst(2).split { $0 == " " || $0 == "\t" }.map(String.init)
    guard words.first == "tolerance", words.count == 2 || words.count == 4 && words[2] == "absolute" else {
      throw Diagnostic("a line `#\(Self.sign)` states a tolerance", at: span, hint: Self.hint)
    }
    if words.count == 2, words[1] == "standard" {
      tolerance = nil
      return
    }
    guard let relative = Self.number(words[1]), let absolute = words.count == 4 ? Self.number(words[3]) : Tolerance.standard.absolute else {
      throw Diagnostic("a tolerance is a number from 0 on", at: span, hint: Self.hint)
    }
    tolerance = Tolerance(relative: relative, absolute: absolute)
  }

  private static func number(_ text: String) -> Double? { Double(text).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil } }
}
