/// Turns a diagnostic into the lines that a user reads:
///
///     quick.siam:3:6: error: `Za` is batch × dim 256, `fb` is batch × feature 128: `.` needs two of one shape
///         loss -Za . sg(fb)
///               ~~   ^~~~~~
///       hint: `zb` is what the projector makes of `fb`
///
/// The user's text never reaches the terminal raw: control characters are shown as signs, tabs as spaces. A line wider than
/// 100 columns is shown in part, around the caret.
public struct DiagnosticRenderer: Sendable {
  private let isColored: Bool

  private let columns: Int?

  /// - Parameter isColored: whether the reader is a terminal that shows colours.
  /// - Parameter columns: of the terminal; what is said is broken at words, and the marks stand under their words only where a quoted line fits in it.
  public init(isColored: Bool = false, columns: Int? = nil) {
    self.isColored = isColored
    self.columns = columns
  }

  /// The lines of the diagnostic, without a newline at the end.
  public func render(_ diagnostic: Diagnostic) -> String {
    let level = painted("\(diagnostic.level.rawValue):", Self.color(of: diagnostic.level))
    var lines = [WrappedText.text(place(of: diagnostic) + level + " " + DisplayText.visible(diagnostic.message), columns: columns)]
    lines += quotedLines(of: diagnostic)
    lines += diagnostic.hints.map {
      WrappedText.text("  " + painted("hint:", Self.hintColor) + " " + DisplayText.visible($0), columns: columns)
    }
    return lines.joined(separator: "\n")
  }

  private func place(of diagnostic: Diagnostic) -> String {
    guard let site = diagnostic.site else { return "" }
    return "\(DisplayText.visible(site.file.name)):\(site.line):\(site.column): "
  }

  /// The line of the site first, then those of the related spans that lie elsewhere, each quoted once.
  private func quotedLines(of diagnostic: Diagnostic) -> [String] {
    var lines: [String] = []
    var remaining = diagnostic.related
    if let site = diagnostic.site {
      let neighbours = remaining.filter { isSameLine($0, site) }
      remaining.removeAll { isSameLine($0, site) }
      lines += quote(site, isPrimary: true, neighbours: neighbours)
    }
    while let first = remaining.first {
      let neighbours = remaining.dropFirst().filter { isSameLine($0, first) }
      remaining.removeAll { isSameLine($0, first) }
      lines += quote(first, isPrimary: false, neighbours: neighbours)
    }
    return lines
  }

  private func isSameLine(_ left: SourceSpan, _ right: SourceSpan) -> Bool {
    left.file === right.file && left.line == right.line
  }

  private func quote(_ span: SourceSpan, isPrimary: Bool, neighbours: [SourceSpan]) -> [String] {
    let line = QuotedLine(span.file, line: span.line, focus: span.range.lowerBound, room: columns.map { $0 - 7 })
    let marks =
      [QuotedLine.Mark(span: span.range, isPrimary: isPrimary)]
      + neighbours.map { QuotedLine.Mark(span: $0.range, isPrimary: false) }
    return ["    " + line.text, "    " + painted(line.underline(marks), isPrimary ? Self.markColor : Self.hintColor)]
  }

  private func painted(_ text: String, _ code: String) -> String {
    guard isColored, let first = text.firstIndex(where: { $0 != " " }) else { return text }
    return text[..<first] + "\u{1B}[\(code)m" + text[first...] + "\u{1B}[0m"
  }

  private static let markColor = "31"
  private static let hintColor = "36"

  private static func color(of level: Diagnostic.Level) -> String {
    switch level {
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    }
  }
}
