import GRDB
import SourceText
import Syntax
import Tables

/// A `history` statement in SQL.
struct RunList {
  private struct Cell {
    let sql: SQL
    /// The text `nan` stands for a NaN.
    let isMetric: Bool

    init(_ sql: SQL) { (self.sql, isMetric) = (sql, false) }

    init(_ operand: Operand) {
      sql = operand.value
      isMetric = if case .metric = operand { true } else { false }
    }

    func read(_ value: DatabaseValue) -> ResultTable.Cell {
      isMetric && value.storage == .string("nan") ? .number(.nan) : ResultTable.Cell(value)
    }
  }

  private var titles: [String] = []
  private var cells: [Cell] = []
  private var filter: SQL
  private var order: [SQL] = []
  private var limit: Int?

  init(_ statement: HistoryStatement, names: NameCatalog) throws(Diagnostic) {
    let compiler = QueryCompiler(names: names)
    filter = "r.forgotten IS NULL"
    if let condition = statement.filter {
      let sql = try compiler.condition(condition)
      // Whoever asks for forgotten runs sees them.
      filter = condition.mentions("forgotten") ? sql : "(\(filter)) AND \(sql)"
    }
    for (expression, isDescending) in statement.sort {
      let key = try compiler.operand(expression).key
      order += ["(\(key)) IS NULL", "\(key) \(sql: isDescending ? "DESC" : "ASC")"]
    }
    order.append("r.id DESC")
    limit = try statement.limit.map(Self.count) ?? (statement.filter == nil ? 20 : nil)
    try chooseColumns(statement.columns, compiler)
  }

  /// What the columns of a query are read from.
  static let source: SQL = "FROM runs r LEFT JOIN verdicts v ON v.run_id = r.id LEFT JOIN environments e ON e.run_id = r.id"

  func rows(_ db: Database) throws -> ResultTable {
    let query: SQL = """
      SELECT \(cells.map(\.sql).joined(separator: ", ")) \(Self.source)
      WHERE \(filter) ORDER BY \(order.joined(separator: ", ")) LIMIT \(limit ?? -1)
      """
    let (sql, arguments) = try query.build(db)
    var table = ResultTable(columns: titles)
    let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
    while let row = try rows.next() { table.rows.append(zip(cells, row.databaseValues).map { $0.read($1) }) }
    return table
  }

  /// The numbers of the runs, ascending.
  func numbers(_ db: Database) throws -> [Int64] {
    let query: SQL = "SELECT r.id \(Self.source) WHERE \(filter) ORDER BY r.id"
    let (sql, arguments) = try query.build(db)
    return try Int64.fetchAll(db, sql: sql, arguments: arguments)
  }

  private mutating func chooseColumns(_ columns: [Expression], _ compiler: QueryCompiler) throws(Diagnostic) {
    for column in columns {
      titles.append(column.span.text)
      cells.append(Cell(try compiler.textual(column)))
    }
    guard columns.isEmpty else { return }
    titles = ["id", "name", "state", "verdict", "loss", "top1", "std", "mr", "steps", "when"]
    func last(_ metric: String) -> Cell { Cell(.metric(compiler.names.metrics[metric], "last_value")) }
    cells = [
      Cell("r.id"), Cell("r.name"), Cell("r.state"), Cell("v.word"), Cell(QueryCompiler.formulaText("loss")), last("top1"),
      last("std"), last("mr"), Cell("r.steps"), Cell("strftime('%Y-%m-%d %H:%M', r.started, 'localtime')")
    ]
  }

  private static func count(_ expression: Expression) throws(Diagnostic) -> Int {
    guard case .number(let number) = expression.kind, let count = Int(exactly: number), count >= 0 else {
      throw Diagnostic("`limit` takes a whole number of runs, not `\(expression.span.text.shortened)`", at: expression.span)
    }
    return count
  }
}

extension Expression {
  fileprivate func mentions(_ name: String) -> Bool {
    var waiting = [self]
    while let next = waiting.popLast() {
      if case .name(name) = next.kind { return true }
      waiting.append(contentsOf: next.kind.children)
    }
    return false
  }
}
