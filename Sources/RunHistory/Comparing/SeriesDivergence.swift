import GRDB

/// The first step at which the series of a metric part in two runs: their values differ in some bit there, or one run has none.
struct SeriesDivergence: Hashable {
  /// A value at a step, NaN among them; nil: the run has none there.
  typealias Value = Double?

  let metric: String
  let step: Int
  let left: Value
  let right: Value

  /// Every metric that parts, the earliest first.
  static func all(_ left: Int64, _ right: Int64, in db: Database) throws -> [SeriesDivergence] {
    let metrics = try Row.fetchAll(
      db, sql: "SELECT DISTINCT m.id, m.name FROM summaries s JOIN metrics m ON m.id = s.metric_id WHERE s.run_id IN (?, ?)",
      arguments: [left, right])
    let found = try metrics.compactMap { metric -> SeriesDivergence? in
      let id: Int64 = try metric.value(0)
      guard let step = try firstStep(left, right, metric: id, in: db) else { return nil }
      return SeriesDivergence(
        metric: try metric.value(1), step: step, left: try value(of: left, id, step, in: db), right: try value(of: right, id, step, in: db))
    }
    return found.sorted { ($0.step, $0.metric) < ($1.step, $1.metric) }
  }

  /// `IS NOT` tells a NaN, which is NULL, from a number, and not from itself.
  private static func firstStep(_ left: Int64, _ right: Int64, metric: Int64, in db: Database) throws -> Int? {
    try Int.fetchOne(
      db,
      sql: """
        SELECT min(step) FROM (
          SELECT min(a.step) AS step FROM series a
          LEFT JOIN series b ON b.run_id = :right AND b.metric_id = :metric AND b.step = a.step
          WHERE a.run_id = :left AND a.metric_id = :metric AND (b.step IS NULL OR a.value IS NOT b.value)
          UNION ALL
          SELECT min(b.step) FROM series b
          WHERE b.run_id = :right AND b.metric_id = :metric
            AND NOT EXISTS (SELECT 1 FROM series a WHERE a.run_id = :left AND a.metric_id = :metric AND a.step = b.step)
        )
        """,
      arguments: ["left": left, "right": right, "metric": metric])
  }

  private static func value(of run: Int64, _ metric: Int64, _ step: Int, in db: Database) throws -> Value {
    let row = try Row.fetchOne(
      db, sql: "SELECT value FROM series WHERE run_id = ? AND metric_id = ? AND step = ?", arguments: [run, metric, step])
    return try row.map { try $0.value(0) ?? Double.nan }
  }
}
