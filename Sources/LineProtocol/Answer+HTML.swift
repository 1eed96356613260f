import Commands
import RunHistory
import SourceText
import Tables

extension Answer {
  /// Tables as HTML; nil where text is all there is, or is the form that was asked for.
  var html: String? {
    switch self {
    case .table(let table, .table): table.html()
    case .sections(let sections, .table): sections.map(\.html).joined(separator: "\n")
    case .text, .table, .sections, .figure, .help: nil
    }
  }
}

extension RunReport.Section {
  fileprivate var html: String {
    let body =
      switch content {
      case .pairs(let table): table.html(hasHead: false)
      case .table(let table): table.html()
      case .lines(let lines): "<pre>" + lines.map(HTMLText.escaped).joined(separator: "\n") + "</pre>"
      }
    return "<p><strong>\(HTMLText.escaped(title))</strong></p>\n\(body)"
  }
}

extension ResultTable {
  /// Numbers to the right. What is missing is empty.
  fileprivate func html(hasHead: Bool = true) -> String {
    let rows = rows.map { row in Array(row.prefix(columns.count)) + repeatElement(.missing, count: max(0, columns.count - row.count)) }
    let isNumeric = columns.indices.map { column in
      let cells = rows.map { $0[column] }.filter { $0 != .missing }
      return !cells.isEmpty && cells.allSatisfy { if case .text = $0 { false } else { true } }
    }
    func line(_ texts: [String], _ tag: String) -> String {
      let cells = zip(texts, isNumeric).map { text, isNumeric in
        "<\(tag) style=\"text-align: \(isNumeric ? "right" : "left")\">\(HTMLText.escaped(text))</\(tag)>"
      }
      return "<tr>" + cells.joined() + "</tr>"
    }
    let head = hasHead ? ["<thead>", line(columns, "th"), "</thead>"] : []
    return (["<table>"] + head + ["<tbody>"] + rows.map { line($0.map(\.shown), "td") } + ["</tbody>", "</table>"]).joined(separator: "\n")
  }
}

extension ResultTable.Cell {
  fileprivate var shown: String {
    switch self {
    case .text(let text): text
    case .integer(let integer): String(integer)
    case .number(let number): NumberText.display(number)
    case .missing: ""
    }
  }
}

/// Text as HTML holds it.
enum HTMLText {
  /// Nothing in it is markup, and nothing in it is hidden; a newline stays one.
  static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(line: DisplayText.visible(String($0))) }.joined(separator: "\n")
  }

  private static func escaped(line: String) -> String {
    var result = ""
    for character in line {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
