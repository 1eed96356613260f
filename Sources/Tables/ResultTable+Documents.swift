import SourceText

// The forms that documents take in.
extension ResultTable {
  /// GitHub's tables: what Markdown would read as its own signs stands behind a backslash.
  func markdown() -> String {
    let rule = numericColumns.map { $0 ? "--:" : "---" }
    let lines = [columns.map(Self.markdownText), rule] + evenRows.map { $0.map(Self.markdownCell) }
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private static func markdownCell(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): markdownText(text)
    case .integer(let value): String(value)
    case .number(let value): NumberText.display(value)
    case .missing: ""
    }
  }

  private static func markdownText(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\", "|", "*", "_", "`", "<", "[": result += "\\\(character)"
      case "\n", "\r\n": result += "<br>"
      default: result += DisplayText.visible(String(character))
      }
    }
    return result
  }

  /// A `tabular` with the rules of the `booktabs` package.
  func latex() -> String {
    let alignment = numericColumns.map { $0 ? "r" : "l" }.joined()
    let head = Self.latexRow(columns.map(Self.latexText))
    let body = evenRows.map { Self.latexRow($0.map(Self.latexCell)) }
    let lines = ["\\begin{tabular}{\(alignment)}", "\\toprule", head, "\\midrule"] + body
    return (lines + ["\\bottomrule", "\\end{tabular}"]).joined(separator: "\n")
  }

  private static func latexRow(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\" }

  private static func latexCell(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): latexText(text)
    case .integer(let value): String(value)
    case .number(let value) where value.isInfinite: value < 0 ? "$-\\infty$" : "$\\infty$"
    case .number(let value): NumberText.display(value)
    case .missing: "--"
    }
  }

  private static func latexText(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&", "%", "$", "#", "_", "{", "}": result += "\\\(character)"
      case "\\": result += "\\textbackslash{}"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "<": result += "\\textless{}"
      case ">": result += "\\textgreater{}"
      case "|": result += "\\textbar{}"
      case "\"": result += "\\textquotedbl{}"
      case "\n", "\r\n": result += " "
      default: result += DisplayText.visible(String(character))
      }
    }
    return result
  }
}
