import SourceText

extension Notebook {
  /// The file's text, block by block: its bytes as they are.
  public var text: String { text { _ in nil } }

  /// The file's text with other outputs.
  ///
  /// - Parameter output: of the cell with that index the lines to stand in its `#>` lines, none for no such lines; nil leaves them as they are.
  public func text(replacing output: (Int) -> [String]?) -> String {
    var text = ""
    var written: Set<Int> = []
    for (place, block) in blocks.enumerated() {
      switch block {
      case .prose(let prose): text += prose.span.text
      case .cell(let cell):
        text += file.text(in: lines(ofCell: cell))
        guard let lines = output(cell), cells[cell].recorded == nil else { continue }
        append(lines, to: &text, isLast: place == blocks.count - 1)
      case .output(let range, let cell):
        guard let lines = output(cell) else {
          text += file.text(in: range)
          continue
        }
        // Several stretches of one cell's output become one, where the first stood.
        guard written.insert(cell).inserted else { continue }
        append(lines, to: &text, isLast: place == blocks.count - 1)
      }
    }
    return text
  }

  /// The bytes of a cell's lines with the newline, where there is one.
  private func lines(ofCell cell: Int) -> Range<Int> {
    let range = cells[cell].span.range
    var end = range.upperBound
    if end < file.bytes.count, file.bytes[end] == UInt8(ascii: "\r") { end += 1 }
    if end < file.bytes.count, file.bytes[end] == UInt8(ascii: "\n") { end += 1 }
    return range.lowerBound..<end
  }

  /// A file that ends without a newline ends without one afterwards.
  private func append(_ lines: [String], to text: inout String, isLast: Bool) {
    guard !lines.isEmpty else { return }
    let newline = self.newline
    let hadNewline = text.utf8.last == UInt8(ascii: "\n") || text.isEmpty
    if !hadNewline { text += newline }
    let endsInNewline = !isLast || file.bytes.last == UInt8(ascii: "\n")
    text += lines.map(OutputText.line).joined(separator: newline) + (endsInNewline ? newline : "")
  }

  /// As the file's first line ends.
  private var newline: String {
    guard let first = file.bytes.firstIndex(of: UInt8(ascii: "\n")), first > 0, file.bytes[first - 1] == UInt8(ascii: "\r") else { return "\n" }
    return "\r\n"
  }
}
