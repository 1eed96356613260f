import GRDB
import Tables

/// Reads what differs between two runs, section by section.
struct DifferenceBuilder {
  let left: Int64
  let right: Int64
  let db: Database

  func sections() throws -> [RunReport.Section] {
    try [
      table("run", ["", run(left), run(right)], differing(Self.facts)),
      table("settings", ["setting", run(left), run(right)], differing(Self.settings)),
      table("formulas", ["formula", run(left), run(right)], formulas()),
      table("loss, part by part", [run(left), run(right)], lossParts()),
      table("series", ["metric", "parts at step", run(left), run(right), "last of \(left)", "last of \(right)"], series())
    ].compactMap { $0 }
  }

  private func run(_ id: Int64) -> String { "run \(id)" }

  private func table(_ title: String, _ columns: [String], _ rows: [[ResultTable.Cell]]) -> RunReport.Section? {
    rows.isEmpty ? nil : RunReport.Section(title: title, content: .table(ResultTable(columns: columns, rows: rows)))
  }

  // MARK: Facts

  /// What came out and where; not the name, the dates and the numbers, by which no experiment differs from another.
  private static let facts = """
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
    """

  private static let settings = """
    SELECT 1 AS place, run_id AS run, name, coalesce(number, text, CASE flag WHEN 1 THEN 'true' ELSE 'false' END) AS value FROM settings
    """

  /// The names whose values are not the same in both, with both.
  private func differing(_ query: String) throws -> [[ResultTable.Cell]] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT name, max(CASE run WHEN :left THEN value END) AS a, max(CASE run WHEN :right THEN value END) AS b
        FROM (\(query)) WHERE run IN (:left, :right) GROUP BY place, name HAVING a IS NOT b ORDER BY place, name
        """,
      arguments: ["left": left, "right": right])
    return rows.map { $0.databaseValues.map(ResultTable.Cell.init) }
  }

  // MARK: Formulas

  /// The formulas that do not come to the same tree, as they were typed; as they were understood, where what was typed is the same.
  private func formulas() throws -> [[ResultTable.Cell]] {
    let (ours, theirs) = (try records(of: left), try records(of: right))
    let others = Set(ours.keys).union(theirs.keys).subtracting(["loss"]).sorted()
    return (["loss"] + others).compactMap { name in
      let (one, other) = (ours[name], theirs[name])
      if one == nil && other == nil { return nil }
      if let one, let other, one.means(other) { return nil }
      let text = one?.typed == other?.typed ? \RecordedFormula.expanded : \RecordedFormula.typed
      return [.text(name), cell(one?[keyPath: text]), cell(other?[keyPath: text])]
    }
  }

  private func records(of run: Int64) throws -> [String: RecordedFormula] {
    let rows = try Row.fetchAll(db, sql: "SELECT name, typed, expanded FROM formulas WHERE run_id = ?", arguments: [run])
    var records: [String: RecordedFormula] = [:]
    for row in rows { records[row[0]] = RecordedFormula(typed: row[1], expanded: row[2]) }
    return records
  }

  /// Where the losses differ, as trees in which the user's own names are replaced by what they mean.
  private func lossParts() throws -> [[ResultTable.Cell]] {
    guard let one = try records(of: left)["loss"], let other = try records(of: right)["loss"] else { return [] }
    return one.parts(against: other).map { $0.map(cell) }
  }

  private func cell(_ text: String?) -> ResultTable.Cell { text.map { .text($0) } ?? .missing }

  // MARK: Series

  private func series() throws -> [[ResultTable.Cell]] {
    try SeriesDivergence.all(left, right, in: db).map { divergence in
      let values = Self.distinguished(divergence.left, divergence.right)
      let last = try [left, right].map { try lastValue(of: $0, divergence.metric) }
      return [.text(divergence.metric), .integer(Int64(divergence.step))] + values + last
    }
  }

  private func lastValue(of run: Int64, _ metric: String) throws -> ResultTable.Cell {
    let row = try Row.fetchOne(
      db,
      sql: "SELECT last_value FROM summaries WHERE run_id = ? AND metric_id = (SELECT id FROM metrics WHERE name = ?)",
      arguments: [run, metric])
    return row.map { .number($0[0] as Double? ?? .nan) } ?? .missing
  }

  /// Numbers that look the same when rounded are shown with all their digits.
  private static func distinguished(_ left: Double?, _ right: Double?) -> [ResultTable.Cell] {
    if let left, let right, NumberText.display(left) == NumberText.display(right) { return [.text("\(left)"), .text("\(right)")] }
    return [left, right].map { $0.map { .number($0) } ?? .missing }
  }
}
