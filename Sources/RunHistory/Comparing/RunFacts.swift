import GRDB
import Tables

/// What can be told of runs side by side: rows of a name and a value for each run.
struct RunFacts {
  /// Rows of a run, a name, a value, and the place that the name has among the others.
  private let query: String

  /// What came out and where; not the name, the dates and the numbers, by which no experiment differs from another.
  static let outcomes = RunFacts(
    query: """
      WITH facts AS (
        SELECT r.id AS run, r.state, v.word AS verdict, r.steps, r.seed, r.host, e.*
        FROM runs r LEFT JOIN verdicts v ON v.run_id = r.id LEFT JOIN environments e ON e.run_id = r.id
      )
      SELECT 1 AS place, run, 'state' AS name, state AS value FROM facts
      UNION ALL SELECT 2, run, 'verdict', verdict FROM facts
      UNION ALL SELECT 3, run, 'steps', steps FROM facts
      UNION ALL SELECT 4, run, 'seed', seed FROM facts
      UNION ALL SELECT 5, run, 'dataset', dataset FROM facts
      UNION ALL SELECT 6, run, 'dataset hash', dataset_hash FROM facts
      UNION ALL SELECT 7, run, 'siam', siam FROM facts
      UNION ALL SELECT 8, run, 'git commit', git_commit FROM facts
      UNION ALL SELECT 9, run, 'swift', swift FROM facts
      UNION ALL SELECT 10, run, 'openblas', openblas FROM facts
      UNION ALL SELECT 11, run, 'openblas kernel', openblas_kernel FROM facts
      UNION ALL SELECT 12, run, 'threads', threads FROM facts
      UNION ALL SELECT 13, run, 'host', host FROM facts
      UNION ALL SELECT 14, run, 'cpu', cpu FROM facts
      UNION ALL SELECT 15, run, 'system', system FROM facts
      """)

  static let settings = RunFacts(
    query: """
      SELECT 1 AS place, run_id AS run, name, \(SettingValue.shown) AS value FROM settings
      """)

  /// The last value of each metric, as text where it is NaN.
  static let lastValues = RunFacts(
    query: """
      SELECT 1 AS place, s.run_id AS run, m.name, coalesce(s.last_value, 'nan') AS value FROM summaries s JOIN metrics m ON m.id = s.metric_id
      """)

  /// A row for each name: the name, and its value in each run.
  func all(of runs: [Int64], in db: Database) throws -> [[ResultTable.Cell]] {
    try rows(runs, in: db).map { name, values in [.text(name)] + values.map(ResultTable.Cell.init) }
  }

  /// The names whose values are not the same in all runs.
  func differing(among runs: [Int64], in db: Database) throws -> [[ResultTable.Cell]] {
    try rows(runs, in: db).filter { _, values in values.contains { $0 != values[0] } }
      .map { name, values in [.text(name)] + values.map(ResultTable.Cell.init) }
  }

  private func rows(_ runs: [Int64], in db: Database) throws -> [(name: String, values: [DatabaseValue])] {
    let request: SQL = "SELECT name, run, value FROM (\(sql: query)) WHERE run IN \(runs) ORDER BY place, name"
    var rows: [(name: String, values: [DatabaseValue])] = []
    let (sql, arguments) = try request.build(db)
    for row in try Row.fetchAll(db, sql: sql, arguments: arguments) {
      guard let name = String.fromDatabaseValue(row[0]), let run = Int64.fromDatabaseValue(row[1]) else { continue }
      if rows.last?.name != name { rows.append((name, runs.map { _ in .null })) }
      for place in runs.indices where runs[place] == run { rows[rows.count - 1].values[place] = row[2] }
    }
    return rows
  }
}
