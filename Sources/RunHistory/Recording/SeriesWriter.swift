import Foundation
import GRDB

/// Writes recorded values, and keeps the summaries beside them true.
///
/// A value: what it has learnt (identifiers, summaries) is kept by its owner only when the transaction that it wrote in was
/// committed.
struct SeriesWriter {
  /// One value of one metric at one step.
  struct Point {
    let run: Int64
    let metric: String
    let step: Int
    let value: Double
  }

  private struct Series: Hashable {
    let run: Int64
    let metric: Int64
  }

  private struct Progress {
    var lastStep: Int?
    var steps: Int

    /// What the file holds of a run that goes on.
    init(of run: Int64, in db: Database) throws {
      lastStep = try Int.fetchOne(db, sql: "SELECT max(last_step) FROM summaries WHERE run_id = ?", arguments: [run])
      steps = try Int.fetchOne(db, sql: "SELECT steps FROM runs WHERE id = ?", arguments: [run]) ?? 0
    }
  }

  private var metrics: [String: Int64] = [:]
  private var summaries: [Series: SeriesSummary] = [:]
  private var progress: [Int64: Progress] = [:]

  mutating func write(_ points: [Point], to db: Database) throws {
    var changed: Set<Series> = []
    var rewritten: Set<Series> = []
    for point in points {
      let series = Series(run: point.run, metric: try identifier(of: point.metric, in: db))
      changed.insert(series)
      if try insert(point, in: series, of: db) {
        try add(point, to: series, in: db)
      } else {
        rewritten.insert(series)
      }
      try advance(point, in: db)
    }
    for series in rewritten {
      summaries[series] = try SeriesSummary(recomputedFrom: db, run: series.run, metric: series.metric)
    }
    for series in changed { try summaries[series]?.save(db, run: series.run, metric: series.metric) }
    for run in Set(points.map(\.run)) { try saveProgress(of: run, in: db) }
  }

  /// Forgets what it knows of a run that has ended.
  mutating func release(_ run: Int64) {
    summaries = summaries.filter { $0.key.run != run }
    progress[run] = nil
  }

  private mutating func identifier(of name: String, in db: Database) throws -> Int64 {
    if let known = metrics[name] { return known }
    try db.execute(sql: "INSERT OR IGNORE INTO metrics (name) VALUES (?)", arguments: [name])
    let found = try Int64.fetchOne(db, sql: "SELECT id FROM metrics WHERE name = ?", arguments: [name])
    guard let found else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    metrics[name] = found
    return found
  }

  /// Whether the step was new; the value of a step that was there is replaced.
  private func insert(_ point: Point, in series: Series, of db: Database) throws -> Bool {
    let insertion = try db.cachedStatement(sql: "INSERT INTO series VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
    try insertion.execute(arguments: [series.run, series.metric, point.step, point.value])
    if db.changesCount == 1 { return true }
    let update = try db.cachedStatement(sql: "UPDATE series SET value = ? WHERE run_id = ? AND metric_id = ? AND step = ?")
    try update.execute(arguments: [point.value, series.run, series.metric, point.step])
    return false
  }

  private mutating func add(_ point: Point, to series: Series, in db: Database) throws {
    if summaries[series] == nil { summaries[series] = try SeriesSummary(db, run: series.run, metric: series.metric) }
    summaries[series]?.add(point.value, at: point.step)
  }

  /// Counts a step once, however many metrics it has.
  private mutating func advance(_ point: Point, in db: Database) throws {
    var run = try progress[point.run] ?? Progress(of: point.run, in: db)
    if run.lastStep.map({ point.step > $0 }) ?? true {
      run.lastStep = point.step
      // What the file says of earlier steps is anything.
      run.steps &+= 1
    }
    progress[point.run] = run
  }

  /// Also says that the run lives; it was taken for dead if its process slept for long.
  private func saveProgress(of run: Int64, in db: Database) throws {
    let update = try db.cachedStatement(
      sql: """
        UPDATE runs SET steps = ?, heartbeat = max(?, started), ended = CASE state WHEN 'dead' THEN NULL ELSE ended END,
          state = CASE state WHEN 'dead' THEN 'running' ELSE state END
        WHERE id = ?
        """)
    try update.execute(arguments: [progress[run]?.steps ?? 0, Date(), run])
  }
}
