import GRDB
import Tables

/// Reads the sections of a report.
struct ReportBuilder {
  let run: Int64
  let db: Database

  func report() throws -> RunReport {
    let sections = try [
      pairs("run", Self.identity),
      verdict(),
      rows("formulas", "SELECT name AS formula, typed, expanded FROM formulas WHERE run_id = :run ORDER BY name <> 'loss', name"),
      rows("metrics", Self.metrics),
      named(
        "settings",
        "SELECT name, \(SettingValue.shown) FROM settings WHERE run_id = :run"),
      pairs("environment", Self.environment),
      lines("statements", "SELECT text FROM statements WHERE run_id = :run ORDER BY position"),
      rows("notes", "SELECT \(Self.local("written")) AS written, text FROM notes WHERE run_id = :run ORDER BY id"),
      rows(
        "artifacts",
        "SELECT kind, path, hash, step, \(Self.local("written")) AS written FROM artifacts WHERE run_id = :run ORDER BY id")
    ]
    return RunReport(run: run, sections: sections.compactMap { $0 })
  }

  private static func local(_ column: String) -> String { "strftime('%Y-%m-%d %H:%M:%S', \(column), 'localtime')" }

  private static let identity = """
    SELECT id, name, state, \(local("started")) AS started, \(local("ended")) AS ended,
      max(0.0, round((julianday(coalesce(ended, heartbeat)) - julianday(started)) * 86400, 1)) AS seconds, steps, continues,
      (SELECT group_concat(id, ', ') FROM runs AS later WHERE later.continues = runs.id) AS "continued by",
      rerun_of AS "rerun of", (SELECT group_concat(id, ', ') FROM runs AS later WHERE later.rerun_of = runs.id) AS "rerun as",
      script, line, seed, host, process, uuid,
      (SELECT group_concat(tag, ', ') FROM (SELECT tag FROM tags WHERE run_id = runs.id ORDER BY tag)) AS tags,
      \(local("forgotten")) AS forgotten
    FROM runs WHERE id = :run
    """

  private static let metrics = """
    SELECT m.name AS metric, first_value AS first, last_value AS last, min_value AS min, min_step AS "min at", max_value AS max,
      max_step AS "max at", finite_sum / nullif(count - nan_count - infinite_count, 0) AS mean, count, nan_count AS nan,
      infinite_count AS inf, f.formula, f.statistics
    FROM summaries s JOIN metrics m ON m.id = s.metric_id
    LEFT JOIN metric_formulas f ON f.run_id = s.run_id AND f.metric_id = s.metric_id
    WHERE s.run_id = :run ORDER BY m.name
    """

  private static let environment = """
    SELECT siam, git_commit AS "git commit", swift, openblas, openblas_kernel AS "openblas kernel", threads, cpu, system, dataset,
      dataset_hash AS "dataset hash"
    FROM environments WHERE run_id = :run
    """

  private func fetch(_ sql: String) throws -> ResultTable {
    let statement = try db.makeStatement(sql: sql)
    statement.arguments = ["run": run]
    var table = ResultTable(columns: statement.columnNames)
    for row in try Row.fetchAll(statement) { table.rows.append(row.databaseValues.map(ResultTable.Cell.init)) }
    return table
  }

  private func rows(_ title: String, _ sql: String) throws -> RunReport.Section? {
    let table = try fetch(sql)
    return table.rows.isEmpty ? nil : RunReport.Section(title: title, content: .table(table))
  }

  /// Rows of a name and a value.
  private func named(_ title: String, _ sql: String) throws -> RunReport.Section? {
    let table = try fetch(sql)
    return table.rows.isEmpty
      ? nil : RunReport.Section(title: title, content: .pairs(ResultTable(columns: ["name", "value"], rows: table.rows)))
  }

  /// One row, turned so that its columns lie below one another; what is missing is left out.
  private func pairs(_ title: String, _ sql: String) throws -> RunReport.Section? {
    let table = try fetch(sql)
    guard let row = table.rows.first else { return nil }
    let rows = zip(table.columns, row).filter { $1 != .missing }.map { [ResultTable.Cell.text($0), $1] }
    return rows.isEmpty
      ? nil : RunReport.Section(title: title, content: .pairs(ResultTable(columns: ["name", "value"], rows: rows)))
  }

  /// The sentence and the evidence below it.
  private func verdict() throws -> RunReport.Section? {
    try named(
      "verdict",
      """
      SELECT name, value FROM (
        SELECT 0 AS place, 'verdict' AS name, word AS value FROM verdicts WHERE run_id = :run
        UNION ALL SELECT 1, 'sentence', sentence FROM verdicts WHERE run_id = :run
        UNION ALL SELECT 2, 'statistics', statistics FROM verdicts WHERE run_id = :run
        UNION ALL SELECT 3, 'still falling', iif(still_falling, 'true', 'false') FROM verdicts WHERE run_id = :run
        UNION ALL SELECT 4, name, coalesce(value, 'nan') FROM verdict_evidence WHERE run_id = :run
      ) ORDER BY place, name
      """)
  }

  private func lines(_ title: String, _ sql: String) throws -> RunReport.Section? {
    let lines = try String.fetchAll(db, sql: sql, arguments: ["run": run])
    return lines.isEmpty ? nil : RunReport.Section(title: title, content: .lines(lines))
  }
}
