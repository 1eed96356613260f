import SourceText
import Syntax

/// What a session has made of a text in other words than were typed: the value of `--set` in place of a script's, the profile of `--profile`.
struct ReplacedText {
  private var replacements: [(span: SourceSpan, text: String)] = []

  /// A place that is run again, in a loop, may be replaced once only.
  mutating func replace(_ span: SourceSpan, by text: String) {
    if !replacements.contains(where: { $0.span == span }) { replacements.append((span, text)) }
  }

  func touches(_ file: SourceFile) -> Bool { replacements.contains { $0.span.file === file } }

  /// The words of a span, with what stands in place of some of them.
  func text(of span: SourceSpan) -> String {
    var text = ""
    var start = span.range.lowerBound
    let inside = replacements.filter {
      $0.span.file === span.file && span.range.lowerBound <= $0.span.range.lowerBound && $0.span.range.upperBound <= span.range.upperBound
    }
    for (place, replacement) in inside.sorted(by: { $0.span.range.lowerBound < $1.span.range.lowerBound }) where place.range.lowerBound >= start {
      text += span.file.text(in: start..<place.range.lowerBound) + replacement
      start = place.range.upperBound
    }
    return text + span.file.text(in: start..<max(start, span.range.upperBound))
  }
}
