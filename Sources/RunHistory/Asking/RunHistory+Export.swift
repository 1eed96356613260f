import GRDB
import SourceText
import Tables

/// What an export writes: its columns first, then its rows one by one.
public protocol ExportSink: AnyObject {
  func begin(columns: [String]) throws
  func add(_ row: [ResultTable.Cell]) throws
}

extension RunHistory {
  /// Whether lists and views hide a run; false for one that there is not.
  public func isForgotten(_ run: Int64) throws(HistoryError) -> Bool {
    try read { try Bool.fetchOne($0, sql: "SELECT forgotten IS NOT NULL FROM runs WHERE id = ?", arguments: [run]) ?? false }
  }

  /// A row for each run: the columns of `run_list`, then every setting, then `last(M)`, `min(M)`, `max(M)` of every metric M. What a run has not is
  /// missing, and a NaN is a NaN.
  public func exportRuns(_ runs: [Int64], to sink: any ExportSink) throws(HistoryError) {
    try read { db in
      let settings = try Self.names("SELECT DISTINCT name FROM settings WHERE run_id IN", runs, db)
      let metrics = try Self.names(
        "SELECT DISTINCT m.name FROM summaries s JOIN metrics m ON m.id = s.metric_id WHERE s.run_id IN", runs, db)
      let facts = try db.columns(in: "run_list").map(\.name)
      try sink.begin(columns: facts + settings + metrics.flatMap { ["last(\($0))", "min(\($0))", "max(\($0))"] })
      for run in runs {
        try sink.add(
          try Self.facts(of: run, db) + Self.settings(of: run, settings, db) + Self.summaries(of: run, metrics, db))
      }
    }
  }

  /// A row for each value: `run_id`, `name`, `metric`, `step`, `value`, `kind`, as the view `metric_series` has them.
  public func exportSeries(_ runs: [Int64], to sink: any ExportSink) throws(HistoryError) {
    try read { db in
      try sink.begin(columns: ["run_id", "name", "metric", "step", "value", "kind"])
      for run in runs {
        let rows = try Row.fetchCursor(
          db,
          sql: "SELECT run_id, name, metric, step, value, kind FROM metric_series WHERE run_id = ? ORDER BY metric, step", arguments: [run])
        while let row = try rows.next() {
          var cells = Array(row.databaseValues).map(ResultTable.Cell.init)
          if cells[4] == .missing { cells[4] = .number(.nan) }
          try sink.add(cells)
        }
      }
    }
  }

  /// The names that any of the runs has, in alphabetical order.
  private static func names(_ query: String, _ runs: [Int64], _ db: Database) throws -> [String] {
    var names: Set<String> = []
    // SQLite has a limit on how many values a statement is given.
    for start in stride(from: 0, to: runs.count, by: 500) {
      let request: SQL = "\(sql: query) \(Array(runs[start..<min(start + 500, runs.count)]))"
      let (sql, arguments) = try request.build(db)
      names.formUnion(try String.fetchAll(db, sql: sql, arguments: arguments))
    }
    return names.sorted()
  }

  private static func facts(of run: Int64, _ db: Database) throws -> [ResultTable.Cell] {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM run_list WHERE run_id = ?", arguments: [run]) else {
      throw HistoryError.noSuchRun(run)
    }
    return Array(row.databaseValues).map(ResultTable.Cell.init)
  }

  private static func settings(of run: Int64, _ names: [String], _ db: Database) throws -> [ResultTable.Cell] {
    var values: [ResultTable.Cell: ResultTable.Cell] = [:]
    for row in try RunFacts.settings.all(of: [run], in: db) { values[row[0]] = row[1] }
    return names.map { values[.text($0)] ?? .missing }
  }

  private static func summaries(of run: Int64, _ metrics: [String], _ db: Database) throws -> [ResultTable.Cell] {
    var values: [String: [ResultTable.Cell]] = [:]
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT m.name, s.last_value, s.min_value, s.max_value FROM summaries s JOIN metrics m ON m.id = s.metric_id WHERE s.run_id = ?
        """,
      arguments: [run])
    for row in rows {
      var cells = Array(row.databaseValues).dropFirst().map(ResultTable.Cell.init)
      if cells[0] == .missing { cells[0] = .number(.nan) }
      values[try row.value(0)] = cells
    }
    return metrics.flatMap { values[$0] ?? [.missing, .missing, .missing] }
  }
}
