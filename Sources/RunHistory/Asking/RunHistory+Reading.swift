import Foundation
import GRDB

extension RunHistory {
  /// The newest run of a name; forgotten runs are not found.
  public func latestRun(named name: String) throws(HistoryError) -> Int64? {
    try read { db in
      try Int64.fetchOne(db, sql: "SELECT max(id) FROM runs WHERE name = ? AND forgotten IS NULL", arguments: [name])
    }
  }

  /// The runs whose name matches a pattern (`*` is any text), oldest first.
  ///
  /// - parameter among: look at these runs alone, a session's own, say; nil: at all that are not forgotten.
  /// - parameter areForgotten: look at forgotten runs instead.
  public func runs(named pattern: String = "*", among: [Int64]? = nil, areForgotten: Bool = false) throws(HistoryError) -> [RunSummary] {
    // GLOB's other special characters are meant as themselves.
    let glob = pattern.replacing("[", with: "[[]").replacing("?", with: "[?]")
    return try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          \(RunSummary.selection)
          WHERE coalesce(r.name, '') GLOB ? AND (r.forgotten IS NOT NULL) = ? ORDER BY r.id
          """,
        arguments: [glob, areForgotten])
      return try rows.map(RunSummary.init).filter { among?.contains($0.id) ?? true }
    }
  }

  /// The runs that a process of this machine has made since it began, oldest first.
  public func runs(ofProcess number: Int32, since begin: Date) throws(HistoryError) -> [RunSummary] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          \(RunSummary.selection)
          WHERE r.process = ? AND r.host = ? AND r.started >= ? ORDER BY r.id
          """,
        arguments: [number, ProcessIdentity.current.host, begin]
      ).map(RunSummary.init)
    }
  }

  /// What `run("a").NAME` is: of a metric's name the last value; `verdict`, `state`, `name`, `steps`, `seconds`; a setting. Nil
  /// when the run has none of it.
  public func value(_ run: Int64, _ name: String) throws(HistoryError) -> RunValue? {
    if let number = try value(run, metric: name, .last) { return .number(number) }
    return try read { db in try Self.column(name, of: run, db) ?? Self.setting(name, of: run, db) }
  }

  /// A summary of a run's series; nil when it has no value of the metric, or none that the reduction is of.
  public func value(_ run: Int64, metric: String, _ reduction: SeriesReduction) throws(HistoryError) -> Double? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT s.*, s.finite_sum / nullif(s.count - s.nan_count - s.infinite_count, 0) AS mean
          FROM summaries s JOIN metrics m ON m.id = s.metric_id WHERE s.run_id = ? AND m.name = ?
          """,
        arguments: [run, metric])
      guard let row else { return nil }
      // The only value of a first or a last step that is NULL is NaN.
      return switch reduction {
      case .first: try row.value("first_value") ?? Double.nan
      case .last: try row.value("last_value") ?? Double.nan
      case .min: try row.value("min_value")
      case .max: try row.value("max_value")
      case .mean: try row.value("mean")
      case .count: try row.value("count")
      case .argmin: try row.value("min_step")
      case .argmax: try row.value("max_step")
      }
    }
  }

  /// The series of a metric in the order of its steps; NaN and ±∞ as they were recorded.
  public func series(_ run: Int64, metric: String) throws(HistoryError) -> [(step: Int, value: Double)] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql:
          "SELECT step, value FROM series WHERE run_id = ? AND metric_id = (SELECT id FROM metrics WHERE name = ?) ORDER BY step",
        arguments: [run, metric])
      var points: [(step: Int, value: Double)] = []
      while let row = try rows.next() { points.append((try row.value(0), try row.value(1) ?? Double.nan)) }
      return points
    }
  }

  /// The names of the metrics that a run recorded, in alphabetical order.
  public func metrics(of run: Int64) throws(HistoryError) -> [String] {
    try read { db in
      try String.fetchAll(
        db, sql: "SELECT m.name FROM summaries s JOIN metrics m ON m.id = s.metric_id WHERE s.run_id = ? ORDER BY m.name",
        arguments: [run])
    }
  }

  private static func column(_ name: String, of run: Int64, _ db: Database) throws -> RunValue? {
    guard let operand = RunColumn.named(name) else { return nil }
    let query: SQL = "SELECT \(operand.value) \(RunList.source) WHERE r.id = \(run)"
    let (sql, arguments) = try query.build(db)
    guard let value = try DatabaseValue.fetchOne(db, sql: sql, arguments: arguments) else { return nil }
    switch (operand, value.storage) {
    case (.condition, .string(let text)): return .flag(text == "true")
    case (_, .string(let text)): return .text(text)
    case (_, .int64(let number)): return .number(Double(number))
    case (_, .double(let number)): return .number(number)
    case (_, .null), (_, .blob): return nil
    }
  }

  private static func setting(_ name: String, of run: Int64, _ db: Database) throws -> RunValue? {
    let row = try Row.fetchOne(
      db, sql: "SELECT number, text, flag FROM settings WHERE run_id = ? AND name = ?", arguments: [run, name])
    guard let row else { return nil }
    if let number: Double = try row.value(0) { return .number(number) }
    if let text: String = try row.value(1) { return .text(text) }
    let flag: Bool? = try row.value(2)
    return flag.map { .flag($0) }
  }
}

extension RunSummary {
  fileprivate static let selection = "SELECT r.id, r.name, r.state, v.word, r.steps FROM runs r LEFT JOIN verdicts v ON v.run_id = r.id"

  fileprivate init(_ row: Row) throws {
    id = try row.value(0)
    name = try row.value(1)
    state = RunState(rawValue: try row.value(2)) ?? .failed
    verdict = try row.value(3)
    steps = try row.value(4)
  }
}
