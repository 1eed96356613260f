import RunHistory
import SourceText
import Tables

extension [RunReport.Section] {
  /// The sections one under the other, each with its title.
  func rendered(as format: TableFormat) -> String {
    if format == .json { return json }
    return text(as: format)
  }

  /// One object: a section that is a list of pairs is an object, a table an array of objects, lines an array of text.
  private var json: String {
    let members = map { section in
      let value =
        switch section.content {
        case .pairs(let table): "{" + table.rows.map { "\(JSONText.string($0[0].text)): \($0[1].json)" }.joined(separator: ", ") + "}"
        case .table(let table): table.rendered(as: .json)
        case .lines(let lines): "[" + lines.map(JSONText.string).joined(separator: ", ") + "]"
        }
      return "\(JSONText.string(section.title)): \(value)"
    }
    return "{" + members.joined(separator: ", ") + "}"
  }

  private func text(as format: TableFormat) -> String {
    map { section in
      let body =
        switch section.content {
        case .pairs(let table): format == .table ? table.alignedPairs : table.rendered(as: format)
        case .table(let table): table.rendered(as: format)
        case .lines(let lines): lines.joined(separator: "\n")
        }
      return "\(section.title)\n" + body.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}

extension ResultTable {
  /// A name and its value on each line.
  fileprivate var alignedPairs: String {
    let names = rows.map { $0[0].text }
    let width = names.map(\.count).max() ?? 0
    return zip(names, rows).map { name, row in name + String(repeating: " ", count: width - name.count + 2) + row[1].text }
      .joined(separator: "\n")
  }
}

extension ResultTable.Cell {
  fileprivate var json: String {
    switch self {
    case .text(let text): JSONText.string(text)
    case .integer(let integer): String(integer)
    case .number(let number): NumberText.json(number)
    case .missing: "null"
    }
  }

  fileprivate var text: String {
    switch self {
    case .text(let text): DisplayText.visible(text)
    case .integer(let integer): String(integer)
    case .number(let number): NumberText.display(number)
    case .missing: ""
    }
  }
}
