import Commands
import Figures
import Tables

extension Answer {
  /// The members of a `result`: text always, and what else there is of it.
  var members: [(name: String, value: JSONValue)] {
    var members: [(name: String, value: JSONValue)] = [("text", .text(text()))]
    if let html { members.append(("html", .text(html))) }
    switch self {
    case .text, .sections, .help: break
    case .table(let table, _): members.append(("table", table.value))
    case .figure(let figure):
      if let svg = try? Gnuplot().svg(figure) { members.append(("svg", .text(svg))) }
    }
    return members
  }
}

extension ResultTable {
  /// The names of the columns, and the rows as lists of text, numbers and `null`.
  fileprivate var value: JSONValue {
    .object([("columns", .texts(columns)), ("rows", .list(rows.map { .list($0.map(\.value)) }))])
  }
}

extension ResultTable.Cell {
  fileprivate var value: JSONValue {
    switch self {
    case .text(let text): .text(text)
    // JSON has one kind of number, whose reader may keep 53 bits.
    case .integer(let integer): .written(String(integer))
    case .number(let number): .number(number)
    case .missing: .null
    }
  }
}
