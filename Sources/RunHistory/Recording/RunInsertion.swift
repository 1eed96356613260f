import Foundation
import GRDB

/// Writes the rows that a run begins with.
struct RunInsertion {
  private let description: RunDescription
  private let uuid = UUID().uuidString.lowercased()
  private let started = Date()

  init(_ description: RunDescription) { self.description = description }

  /// - parameter number: the run's, where it has one already: in a copy that came without it.
  @discardableResult
  func write(to db: Database, as number: Int64? = nil) throws -> Int64 {
    let run = try writeRun(to: db, as: number)
    for (name, value) in description.settings { try value.write(to: db, named: name, of: run) }
    for formula in description.formulas { try write(formula, of: run, to: db) }
    for (position, text) in description.statements.enumerated() {
      try db.execute(sql: "INSERT OR REPLACE INTO statements VALUES (?, ?, ?)", arguments: [run, position + 1, text])
    }
    for metric in description.metrics { try write(metric, of: run, to: db) }
    try writeEnvironment(of: run, to: db)
    return run
  }

  private func writeRun(to db: Database, as number: Int64?) throws -> Int64 {
    let process = ProcessIdentity.current
    try db.execute(
      sql: """
        INSERT INTO runs (id, uuid, name, state, started, continues, rerun_of, script, line, seed, host, process, process_identity, heartbeat)
        VALUES (?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        number, uuid, description.name, started, description.continues, description.rerunOf, description.script, description.line,
        description.seed.map { Int64(bitPattern: $0) }, process.host, process.number, process.identity, started
      ])
    return db.lastInsertedRowID
  }

  private func write(_ formula: FormulaRecord, of run: Int64, to db: Database) throws {
    try db.execute(
      sql: "INSERT INTO formulas VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [run, formula.name, formula.typed, formula.expanded])
    for (position, tree) in formula.trees.enumerated() {
      try db.execute(sql: "INSERT OR IGNORE INTO trees (text) VALUES (?)", arguments: [tree.text])
      try db.execute(
        sql: "INSERT OR IGNORE INTO formula_trees SELECT ?, ?, ?, id FROM trees WHERE text = ?",
        arguments: [run, formula.name, position + 1, tree.text])
    }
  }

  private func write(_ metric: MetricDefinition, of run: Int64, to db: Database) throws {
    try db.execute(sql: "INSERT OR IGNORE INTO metrics (name) VALUES (?)", arguments: [metric.name])
    try db.execute(
      sql: "INSERT OR REPLACE INTO metric_formulas SELECT ?, id, ?, ?, ? FROM metrics WHERE name = ?",
      arguments: [run, metric.formula, metric.statistics, metric.cadence, metric.name])
  }

  private func writeEnvironment(of run: Int64, to db: Database) throws {
    let place = description.environment
    try db.execute(
      sql: "INSERT OR REPLACE INTO environments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        run, place.siam, place.gitCommit, place.swift, place.openBLAS, place.openBLASKernel, place.threads, place.cpu,
        place.system, place.dataset, place.datasetHash
      ])
  }
}

extension SettingValue {
  /// A row of `settings` as people read it: a number, a text, `true` or `false`.
  static let shown = "coalesce(number, text, CASE flag WHEN 1 THEN 'true' ELSE 'false' END)"

  func write(to db: Database, named name: String, of run: Int64) throws {
    var columns: (number: Double?, text: String?, flag: Bool?)
    switch self {
    // SQLite has no NaN.
    case .number(let number) where number.isNaN: columns.text = "nan"
    case .number(let number): columns.number = number
    case .text(let text): columns.text = text
    case .flag(let flag): columns.flag = flag
    }
    try db.execute(
      sql: "INSERT OR REPLACE INTO settings VALUES (?, ?, ?, ?, ?)",
      arguments: [run, name, columns.number, columns.text, columns.flag])
  }
}
