extension ResultTable {
  /// The table as text, without a newline at the end.
  ///
  /// - Parameters:
  ///   - format: `table` is aligned for the terminal; `csv` follows RFC 4180 with plain newlines; `json` is one line, an array
  ///     of objects; `markdown` is GitHub's; `latex` is a `tabular` in the style of booktabs.
  ///   - width: the columns of the terminal; for `table` alone, which shortens its widest texts to fit.
  public func rendered(as format: TableFormat, width: Int? = nil) -> String {
    switch format {
    case .table: alignedText(width: width)
    case .csv: csv()
    case .json: json()
    case .markdown: markdown()
    case .latex: latex()
    }
  }

  /// Rows of one length: what is missing at the end is `missing`, what is too much is left out.
  public var evenRows: [[Cell]] {
    rows.map { row in
      Array(row.prefix(columns.count)) + repeatElement(.missing, count: max(0, columns.count - row.count))
    }
  }

  /// Whether a column holds numbers and nothing else, and so is aligned right.
  public var numericColumns: [Bool] {
    columns.indices.map { column in
      let cells = evenRows.map { $0[column] }.filter { $0 != .missing }
      return !cells.isEmpty && cells.allSatisfy(\.isNumber)
    }
  }
}

extension ResultTable.Cell {
  var isNumber: Bool {
    switch self {
    case .integer, .number: true
    case .text, .missing: false
    }
  }
}
