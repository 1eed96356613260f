// The forms that programs read.
extension ResultTable {
  /// RFC 4180, but for its line ends, which are those of Unix. An empty text is `""`, a missing value nothing at all.
  func csv() -> String {
    let lines = [columns.map(Self.csvText)] + evenRows.map { $0.map(Self.csvCell) }
    return lines.map { $0.joined(separator: ",") }.joined(separator: "\n")
  }

  private static func csvCell(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): csvText(text)
    case .integer(let value): String(value)
    case .number(let value): NumberText.data(value)
    case .missing: ""
    }
  }

  static func csvText(_ text: String) -> String {
    let needsQuotes = text.isEmpty || text.unicodeScalars.contains { ["\"", ",", "\n", "\r"].contains($0) }
    guard needsQuotes else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// `[{"name": "a", "top1": 33.1}]`. Columns of one name are told apart by a number.
  func json() -> String {
    let keys = distinctColumns().map(JSONText.string)
    let objects = evenRows.map { row in
      "{" + zip(keys, row).map { "\($0): \(Self.jsonCell($1))" }.joined(separator: ", ") + "}"
    }
    return "[" + objects.joined(separator: ", ") + "]"
  }

  private static func jsonCell(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): JSONText.string(text)
    case .integer(let value): String(value)
    case .number(let value): NumberText.json(value)
    case .missing: "null"
    }
  }

  func distinctColumns() -> [String] {
    var taken = Set<String>()
    return columns.map { column in
      var name = column
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(column)_\(number)"
        number += 1
      }
      return name
    }
  }
}
