import SourceText

extension ResultTable {
  /// Columns two blanks apart, numbers to the right, under their names and a rule. What is missing is `-`.
  ///
  /// In a table that would be too wide numbers have three digits, and dates are as short as `ls` has them, where it fits then. Of one that is too wide
  /// however its texts are narrowed, the columns come in blocks, one under the other, each of which begins with the first
  /// column.
  func alignedText(width: Int?) -> String {
    let cells = [columns.map(DisplayText.visible)] + evenRows.map { $0.map(Self.display) }
    let isNumeric = numericColumns
    let blocks = blocks(cells, isNumeric, width)
    if blocks.count > 1 {
      let today = ShortDate.today
      let brief = [cells[0]] + evenRows.map { $0.map { Self.brief($0, today) } }
      let isDate = columns.indices.map { column in evenRows.contains { ShortDate.text(of: $0[column], today) != nil } }
      let isFixed = zip(isNumeric, isDate).map { $0 || $1 }
      if self.blocks(brief, isFixed, width).count == 1 { return Self.alignedText(brief, isNumeric, isFixed, width) }
    }
    return blocks.map { block in
      let isNumeric = block.map { isNumeric[$0] }
      return Self.alignedText(cells.map { row in block.map { row[$0] } }, isNumeric, isNumeric, width)
    }.joined(separator: "\n\n")
  }

  private static func brief(_ cell: Cell, _ today: String) -> String {
    if case .number(let value) = cell { return NumberText.text(value, digits: 3) }
    return ShortDate.text(of: cell, today) ?? display(cell)
  }

  /// - Parameter isFixed: which columns are as wide as they are.
  private static func alignedText(_ cells: [[String]], _ isNumeric: [Bool], _ isFixed: [Bool], _ width: Int?) -> String {
    let widths = fittingWidths(cells, isFixed, width)
    let lines = cells.map { row in
      trimmed(row.indices.map { padded(row[$0], to: widths[$0], isRight: isNumeric[$0]) }.joined(separator: "  "))
    }
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    return ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
  }

  private static func widths(_ cells: [[String]]) -> [Int] {
    (cells.first ?? []).indices.map { column in cells.reduce(1) { max($0, DisplayText.width(of: $1[column])) } }
  }

  /// Which columns stand beside each other: as many as there is room for, with their texts as narrow as they may be.
  private func blocks(_ cells: [[String]], _ isFixed: [Bool], _ limit: Int?) -> [[Int]] {
    guard let limit, !columns.isEmpty else { return [Array(columns.indices)] }
    let narrowest = zip(Self.widths(cells), isFixed).map { $1 ? $0 : min($0, Self.narrowestText) }
    func width(_ block: [Int]) -> Int { block.reduce(0) { $0 + narrowest[$1] } + 2 * (block.count - 1) }
    // Which row it is, if that leaves room for what is said of it.
    let head = narrowest[0] <= limit / 3 ? [0] : []
    var blocks: [[Int]] = []
    var block = [0]
    for column in columns.indices.dropFirst() {
      if width(block + [column]) <= limit {
        block.append(column)
      } else {
        blocks.append(block)
        block = width(head + [column]) <= limit ? head + [column] : [column]
      }
    }
    return blocks + [block]
  }

  private static func display(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): DisplayText.visible(text)
    case .integer(let value): String(value)
    case .number(let value): NumberText.display(value)
    case .missing: "-"
    }
  }

  /// Each column as wide as its widest cell; the widest texts are narrowed, one column of the terminal after the other.
  private static func fittingWidths(_ cells: [[String]], _ isFixed: [Bool], _ limit: Int?) -> [Int] {
    var widths = widths(cells)
    guard let limit else { return widths }
    var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - limit
    while excess > 0 {
      let texts = widths.indices.filter { !isFixed[$0] && widths[$0] > narrowestText }
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private static let narrowestText = 8

  private static func padded(_ text: String, to width: Int, isRight: Bool) -> String {
    let text = shortened(text, to: width)
    let blanks = String(repeating: " ", count: max(0, width - DisplayText.width(of: text)))
    return isRight ? blanks + text : text + blanks
  }

  /// `a long na...`
  private static func shortened(_ text: String, to width: Int) -> String {
    guard DisplayText.width(of: text) > width else { return text }
    var kept = ""
    var used = 0
    for character in text {
      used += DisplayText.width(of: character)
      if used > width - 3 { break }
      kept.append(character)
    }
    return kept + "..."
  }

  private static func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return String(line)
  }
}
