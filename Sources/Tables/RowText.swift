/// Rows one at a time, for files too long to be held as one table: CSV, or a JSON array of objects with one on each line. Numbers have all the digits
/// that tell them from their neighbours in double precision.
public struct RowText: Sendable {
  public enum Format: String, Sendable, CaseIterable { case csv, json }

  private let format: Format
  private let columns: [String]
  private let keys: [String]

  public init(_ columns: [String], as format: Format) {
    self.format = format
    self.columns = columns
    keys = ResultTable(columns: columns).distinctColumns().map(JSONText.string)
  }

  /// What stands before the first row.
  public var beginning: String {
    switch format {
    case .csv: columns.map(ResultTable.csvText).joined(separator: ",") + "\n"
    case .json: "["
    }
  }

  /// - parameter isFirst: whether nothing but the beginning stands before it.
  public func row(_ cells: [ResultTable.Cell], isFirst: Bool) -> String {
    switch format {
    case .csv: cells.map { Self.exact($0).map(ResultTable.csvText) ?? "" }.joined(separator: ",") + "\n"
    case .json: (isFirst ? "\n" : ",\n") + "{" + zip(keys, cells).map { "\($0): \(Self.json($1))" }.joined(separator: ", ") + "}"
    }
  }

  /// What stands behind the last row.
  public var end: String {
    switch format {
    case .csv: ""
    case .json: "\n]\n"
    }
  }

  /// nil for what is missing.
  private static func exact(_ cell: ResultTable.Cell) -> String? {
    switch cell {
    case .text(let text): text
    case .integer(let value): String(value)
    case .number(let value): NumberText.exact(value)
    case .missing: nil
    }
  }

  /// JSON has no NaN and no ∞: they are `null`.
  private static func json(_ cell: ResultTable.Cell) -> String {
    switch cell {
    case .text(let text): JSONText.string(text)
    case .number(let value) where !value.isFinite: "null"
    default: exact(cell) ?? "null"
    }
  }
}
