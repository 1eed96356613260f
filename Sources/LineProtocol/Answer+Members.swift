import Commands
import Figures
import Pages
import Tables

extension Answer {
  /// The members of a `result`: text always, and what else there is of it. Who asked for a table as CSV wants its text.
  var members: [(name: String, value: JSONValue)] {
    var members: [(name: String, value: JSONValue)] = [("text", .text(text()))]
    switch self {
    case .text, .prose: break
    case .help(let page): members.append(("markdown", .text(page.markdown)))
    case .table(let table, let format):
      if format == .table { members.append(("html", .text(AnswerHTML.render(self)))) }
      members.append(("table", table.value))
    case .sections(_, let format):
      if format == .table { members.append(("html", .text(AnswerHTML.render(self)))) }
    case .figure(let figure):
      if let svg = try? Gnuplot().svg(figure) { members.append(("svg", .text(Self.onPaper(svg)))) }
    }
    return members
  }

  /// The picture on white: gnuplot draws black on nothing, which nobody sees on a dark page.
  private static func onPaper(_ svg: String) -> String {
    guard let start = svg.firstRange(of: "<svg"), let end = svg[start.upperBound...].firstIndex(of: ">") else { return svg }
    return svg[...end] + #"<rect width="100%" height="100%" fill="white"/>"# + svg[svg.index(after: end)...]
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
