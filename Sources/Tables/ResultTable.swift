/// Rows and columns on their way to a user: what `history`, `sql` and `table` answer with.
public struct ResultTable: Hashable, Sendable {
  public enum Cell: Hashable, Sendable {
    case text(String)
    case integer(Int64)
    case number(Double)
    case missing
  }

  public var columns: [String]
  public var rows: [[Cell]]

  public init(columns: [String], rows: [[Cell]] = []) {
    self.columns = columns
    self.rows = rows
  }
}
