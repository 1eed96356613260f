/// One line of a source file, laid out in terminal columns so that marks can be put under its words.
struct QuotedLine {
  /// What a character of the line became: its bytes in the file, its visible form, its first column and its width.
  private struct Cell {
    let range: Range<Int>
    let text: String
    let column: Int
    let width: Int
  }

  /// A mark is `^` or `~` under each column of a span.
  struct Mark {
    let span: Range<Int>
    let isPrimary: Bool
  }

  /// Lines wider than this are shown in part, however wide the terminal is.
  static let widest = 100
  private static let tabStop = 4

  private let widest: Int

  private var cells: [Cell] = []
  private let range: Range<Int>
  /// The line goes on before the first or behind the last cell.
  private var isCutBefore: Bool
  private var isCutAfter: Bool

  /// - Parameter focus: the byte offset around which a long line is cut.
  /// - Parameter room: the columns that there are for the line; nil: as many as it likes.
  init(_ file: SourceFile, line: Int, focus: Int, room: Int? = nil) {
    widest = min(Self.widest, max(20, room ?? Self.widest))
    range = file.range(ofLine: line)
    // A character is seldom longer than a few bytes: what cannot come near the window is not even decoded.
    let start = Self.characterStart(in: file, max(range.lowerBound, focus - 8 * widest), atLeast: range.lowerBound)
    let end = Self.characterStart(in: file, min(range.upperBound, focus + 8 * widest), atLeast: start)
    isCutBefore = start > range.lowerBound
    isCutAfter = end < range.upperBound
    layOut(file.text(in: start..<end), from: start)
    cut(around: focus)
  }

  private static func characterStart(in file: SourceFile, _ offset: Int, atLeast lowest: Int) -> Int {
    var offset = offset
    while offset > lowest, offset < file.bytes.count, file.bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }

  private mutating func layOut(_ text: String, from start: Int) {
    var offset = start
    var column = 0
    for character in text {
      let size = character.utf8.count
      let shown: String
      if character == "\t" {
        shown = String(repeating: " ", count: Self.tabStop - column % Self.tabStop)
      } else {
        shown = DisplayText.visible(String(character))
      }
      let width = DisplayText.width(of: shown)
      cells.append(Cell(range: offset..<(offset + size), text: shown, column: column, width: width))
      offset += size
      column += width
    }
  }

  /// Keeps at most `widest` columns, with the focus a third of the way in.
  private mutating func cut(around focus: Int) {
    guard let last = cells.last, last.column + last.width > widest || isCutBefore || isCutAfter else { return }
    let total = last.column + last.width
    let focusColumn = column(of: focus)
    let first = max(0, min(focusColumn - widest / 3, total - widest))
    let end = first + widest
    isCutBefore = isCutBefore || first > 0
    isCutAfter = isCutAfter || total > end
    cells.removeAll { $0.column < first || $0.column + $0.width > end }
    let shift = (cells.first?.column ?? 0) - (isCutBefore ? 1 : 0)
    cells = cells.map { Cell(range: $0.range, text: $0.text, column: $0.column - shift, width: $0.width) }
  }

  /// The column at which the byte at `offset` is shown; behind the last cell for an offset there.
  private func column(of offset: Int) -> Int {
    if let cell = cells.first(where: { $0.range.upperBound > offset }) { return cell.column }
    return cells.last.map { $0.column + $0.width } ?? 0
  }

  var text: String {
    (isCutBefore ? "…" : "") + cells.map(\.text).joined() + (isCutAfter ? "…" : "")
  }

  /// Whether any of a span is in the part of a long line that is shown.
  private func isShown(_ span: Range<Int>) -> Bool {
    guard let first = cells.first, let last = cells.last else { return false }
    return span.upperBound > first.range.lowerBound && (span.lowerBound < last.range.upperBound || !isCutAfter)
  }

  /// The line of marks that goes under `text`: `^~~~` for the primary mark, `~~~` for the others.
  func underline(_ marks: [Mark]) -> String {
    var columns: [Character] = []
    for mark in marks.filter({ !$0.isPrimary && isShown($0.span) }) + marks.filter(\.isPrimary) {
      let start = column(of: mark.span.lowerBound)
      let end = max(start + 1, column(of: max(mark.span.lowerBound, min(mark.span.upperBound, range.upperBound))))
      if columns.count < end { columns += repeatElement(" ", count: end - columns.count) }
      for column in start..<end { columns[column] = mark.isPrimary && column == start ? "^" : "~" }
    }
    return String(columns)
  }
}
