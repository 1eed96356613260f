/// Reads GitHub's tables.
enum MarkdownTableReader {
  /// The table whose head is that line, and the line behind it.
  static func table(at place: Int, of lines: [MarkdownLine]) -> (table: MarkdownTable, end: Int)? {
    guard place + 1 < lines.count, lines[place].text.contains("|"), let alignments = alignments(of: lines[place + 1]) else { return nil }
    let head = cells(of: lines[place])
    guard head.count == alignments.count else { return nil }
    var end = place + 2
    var rows: [[[MarkdownInline]]] = []
    while end < lines.count, !lines[end].endsParagraph, lines[end].indent < 4 {
      let row = cells(of: lines[end]).prefix(head.count)
      rows.append(row.map(MarkdownInlineReader.inlines) + repeatElement([], count: head.count - row.count))
      end += 1
    }
    return (MarkdownTable(alignments: alignments, head: head.map(MarkdownInlineReader.inlines), rows: rows), end)
  }

  /// `| --- | :-: | --: |`
  private static func alignments(of line: MarkdownLine) -> [MarkdownTable.Alignment]? {
    guard line.indent < 4, line.text.contains("-"), line.text.allSatisfy({ "|-: ".contains($0) }) else { return nil }
    var alignments: [MarkdownTable.Alignment] = []
    for cell in cells(of: line) {
      guard cell.contains("-"), cell.drop(while: { $0 == ":" }).trimmingEnd(":").allSatisfy({ $0 == "-" }) else { return nil }
      switch (cell.first == ":", cell.last == ":") {
      case (true, true): alignments.append(.center)
      case (true, false): alignments.append(.left)
      case (false, true): alignments.append(.right)
      case (false, false): alignments.append(.none)
      }
    }
    return alignments.isEmpty ? nil : alignments
  }

  /// The texts between the bars; `\|` is no bar.
  private static func cells(of line: MarkdownLine) -> [String] {
    var cells = [""]
    var isEscaped = false
    for character in line.trimmed {
      if character == "|" && !isEscaped {
        cells.append("")
      } else if character == "|" {
        // The table's own escape, not the text's.
        cells[cells.count - 1].removeLast()
        cells[cells.count - 1].append("|")
      } else {
        cells[cells.count - 1].append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    if cells.count > 1, cells.first?.allSatisfy({ $0 == " " }) == true { cells.removeFirst() }
    if cells.count > 1, cells.last?.allSatisfy({ $0 == " " }) == true { cells.removeLast() }
    return cells.map { String(MarkdownLine($0).trimmed) }
  }
}
