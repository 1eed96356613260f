import GRDB

/// Copies one run from a history into another, where it gets a number of its own; metrics and trees are found there by what they are.
struct RunTransfer {
  let run: Int64
  let source: Database
  let destination: Database

  static let tables = rowTables.map(\.name) + ["runs", "metrics", "trees", "formula_trees", "metric_formulas", "series", "summaries"]

  /// Tables whose rows belong to a run and to nothing else. Every value is cast: a file from elsewhere may hold anything in any column.
  private static let rowTables: [(name: String, columns: [(name: String, type: String)])] = [
    ("settings", [("name", "TEXT"), ("number", "REAL"), ("text", "TEXT"), ("flag", "INTEGER")]),
    ("formulas", [("name", "TEXT"), ("typed", "TEXT"), ("expanded", "TEXT")]),
    ("statements", [("position", "INTEGER"), ("text", "TEXT")]),
    (
      "environments",
      [
        ("siam", "TEXT"), ("git_commit", "TEXT"), ("swift", "TEXT"), ("openblas", "TEXT"), ("openblas_kernel", "TEXT"), ("threads", "INTEGER"),
        ("cpu", "TEXT"), ("system", "TEXT"), ("dataset", "TEXT"), ("dataset_hash", "TEXT")
      ]
    ),
    ("verdicts", [("word", "TEXT"), ("sentence", "TEXT"), ("statistics", "TEXT"), ("still_falling", "INTEGER")]),
    ("verdict_evidence", [("name", "TEXT"), ("value", "REAL")]),
    ("notes", [("written", "TEXT"), ("text", "TEXT")]),
    ("tags", [("tag", "TEXT")]),
    ("artifacts", [("kind", "TEXT"), ("path", "TEXT"), ("hash", "TEXT"), ("step", "INTEGER"), ("written", "TEXT")])
  ]

  /// - returns: its number there.
  func insert() throws -> Int64 {
    let number = try insertRun()
    for table in Self.rowTables { try copy(table.name, table.columns, as: number) }
    try copyTrees(as: number)
    try copyMetrics(as: number)
    return number
  }

  /// A run that was still running when its process died has ended with its last sign of life.
  private func insertRun() throws -> Int64 {
    let columns = [
      ("uuid", "TEXT"), ("name", "TEXT"), ("started", "TEXT"), ("steps", "INTEGER"), ("script", "TEXT"), ("line", "INTEGER"), ("seed", "INTEGER"),
      ("host", "TEXT"), ("process", "INTEGER"), ("process_identity", "TEXT"), ("heartbeat", "TEXT"), ("forgotten", "TEXT")
    ]
    let row = try Row.fetchOne(
      source,
      sql: """
        SELECT \(Self.cast(columns)), iif(state = 'running', 'dead', CAST(state AS TEXT)), iif(state = 'running', heartbeat, CAST(ended AS TEXT))
        FROM runs WHERE id = ?
        """,
      arguments: [run])
    guard let row else { throw HistoryError.noSuchRun(run) }
    let names = (columns.map(\.0) + ["state", "ended"]).joined(separator: ", ")
    try destination.execute(
      sql: "INSERT INTO runs (\(names)) VALUES (\(Self.places(columns.count + 2)))", arguments: StatementArguments(row.databaseValues))
    return destination.lastInsertedRowID
  }

  private func copy(_ table: String, _ columns: [(name: String, type: String)], as number: Int64) throws {
    let rows = try Row.fetchCursor(source, sql: "SELECT \(Self.cast(columns)) FROM \(table) WHERE run_id = ?", arguments: [run])
    let insertion = try destination.makeStatement(
      sql: "INSERT INTO \(table) (run_id, \(columns.map(\.name).joined(separator: ", "))) VALUES (\(Self.places(columns.count + 1)))")
    while let row = try rows.next() {
      try insertion.execute(arguments: StatementArguments([number.databaseValue] + row.databaseValues))
    }
  }

  private func copyTrees(as number: Int64) throws {
    let rows = try Row.fetchCursor(
      source,
      sql: """
        SELECT CAST(f.name AS TEXT), CAST(f.position AS INTEGER), CAST(t.text AS TEXT)
        FROM formula_trees f JOIN trees t ON t.id = f.tree_id WHERE f.run_id = ?
        """,
      arguments: [run])
    while let row = try rows.next() {
      let values = Array(row.databaseValues)
      try destination.execute(sql: "INSERT OR IGNORE INTO trees (text) VALUES (?)", arguments: [values[2]])
      try destination.execute(
        sql: "INSERT INTO formula_trees SELECT ?, ?, ?, id FROM trees WHERE text = ?", arguments: [number, values[0], values[1], values[2]])
    }
  }

  private func copyMetrics(as number: Int64) throws {
    try copyOfMetrics("metric_formulas", [("formula", "TEXT"), ("statistics", "TEXT"), ("cadence", "TEXT")], as: number)
    try copyOfMetrics("series", [("step", "INTEGER"), ("value", "REAL")], as: number)
    try copyOfMetrics(
      "summaries",
      [
        ("count", "INTEGER"), ("nan_count", "INTEGER"), ("infinite_count", "INTEGER"), ("first_step", "INTEGER"), ("first_value", "REAL"),
        ("last_step", "INTEGER"), ("last_value", "REAL"), ("min_step", "INTEGER"), ("min_value", "REAL"), ("max_step", "INTEGER"),
        ("max_value", "REAL"), ("finite_sum", "REAL")
      ], as: number)
  }

  private func copyOfMetrics(_ table: String, _ columns: [(name: String, type: String)], as number: Int64) throws {
    let metrics = try Row.fetchAll(
      source, sql: "SELECT id, CAST(name AS TEXT) FROM metrics WHERE id IN (SELECT metric_id FROM \(table) WHERE run_id = ?)", arguments: [run])
    let insertion = try destination.makeStatement(
      sql: "INSERT INTO \(table) (run_id, metric_id, \(columns.map(\.name).joined(separator: ", "))) VALUES (\(Self.places(columns.count + 2)))")
    for metric in metrics {
      let values = Array(metric.databaseValues)
      try destination.execute(sql: "INSERT OR IGNORE INTO metrics (name) VALUES (?)", arguments: [values[1]])
      guard let here = try Int64.fetchOne(destination, sql: "SELECT id FROM metrics WHERE name = ?", arguments: [values[1]]) else { continue }
      let rows = try Row.fetchCursor(
        source, sql: "SELECT \(Self.cast(columns)) FROM \(table) WHERE run_id = ? AND metric_id = ?", arguments: [run, values[0]])
      while let row = try rows.next() {
        try insertion.execute(arguments: StatementArguments([number.databaseValue, here.databaseValue] + row.databaseValues))
      }
    }
  }

  private static func cast(_ columns: [(String, String)]) -> String {
    columns.map { "CAST(\($0.0) AS \($0.1)) AS \($0.0)" }.joined(separator: ", ")
  }

  private static func places(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
}
