import Tables

extension ResultTable {
  /// A `<table>`, numbers to the right; it scrolls by itself where it is wider than the page.
  var html: HTML { html { _, _ in nil } }

  /// - Parameter special: what stands in a cell of that column instead of its text, where it is more than text.
  func html(_ special: (_ column: String, Cell) -> HTML?) -> HTML {
    let isNumeric = numericColumns
    func style(_ column: Int) -> String { isNumeric[column] ? "text-align:right" : "text-align:left" }
    let head = columns.indices.map { HTML.element("th", ["scope": "col", "style": style($0)], HTML(columns[$0])) }.joined()
    let body = evenRows.map { row in
      HTML.element(
        "tr", [:],
        row.indices.map { HTML.element("td", ["class": row[$0].length, "style": style($0)], special(columns[$0], row[$0]) ?? row[$0].html) }.joined())
    }
    return Self.scrolling(
      .element("table", [:], .element("thead", [:], .element("tr", [:], head)), .element("tbody", [:], body.joined(separator: "\n"))))
  }

  /// A name and its value on each row.
  var htmlPairs: HTML {
    let rows = evenRows.filter { $0.count > 1 }.map { row in
      HTML.element(
        "tr", [:], .element("th", ["scope": "row", "style": "text-align:left"], row[0].html),
        .element("td", ["class": row[1].length, "style": "text-align:left"], row[1].html))
    }
    return Self.scrolling(.element("table", [:], .element("tbody", [:], rows.joined(separator: "\n"))))
  }

  private static func scrolling(_ table: HTML) -> HTML { .element("div", ["class": "scroll", "style": "overflow-x:auto"], table) }
}

extension ResultTable.Cell {
  /// Whether it stands on one line.
  fileprivate var length: String { if case .text(let text) = self, text.count > 28 { "long" } else { "short" } }

  var html: HTML { HTML(shown) }
}
