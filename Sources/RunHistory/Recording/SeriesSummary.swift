import GRDB

/// What is kept of a series beside its rows, brought up to date with every value so that no query has to read the series.
///
/// Extremes are over everything but NaN, the sum over finite values; of equal extremes the earliest step counts.
struct SeriesSummary {
  private(set) var count = 0
  private(set) var nanCount = 0
  private(set) var infiniteCount = 0
  private(set) var finiteSum = 0.0
  private var first: (step: Int, value: Double)?
  private var last: (step: Int, value: Double)?
  private var minimum: (step: Int, value: Double)?
  private var maximum: (step: Int, value: Double)?

  init() {}

  /// Takes in the value at a step that it has not seen.
  mutating func add(_ value: Double, at step: Int) {
    count &+= 1
    if first.map({ step < $0.step }) ?? true { first = (step, value) }
    if last.map({ step > $0.step }) ?? true { last = (step, value) }
    if value.isNaN {
      nanCount &+= 1
      return
    }
    if value.isInfinite { infiniteCount &+= 1 } else { finiteSum += value }
    if minimum.map({ value < $0.value || (value == $0.value && step < $0.step) }) ?? true { minimum = (step, value) }
    if maximum.map({ value > $0.value || (value == $0.value && step < $0.step) }) ?? true { maximum = (step, value) }
  }
}

extension SeriesSummary {
  /// Reads the summary of a series that an earlier process began; an empty one where there is none.
  init(_ db: Database, run: Int64, metric: Int64) throws {
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM summaries WHERE run_id = ? AND metric_id = ?", arguments: [run, metric])
    guard let row else { return }
    func point(_ step: String, _ value: String) throws -> (step: Int, value: Double)? {
      guard let step: Int = try row.value(step) else { return nil }
      return (step, try row.value(value) ?? Double.nan)
    }
    count = try row.value("count")
    nanCount = try row.value("nan_count")
    infiniteCount = try row.value("infinite_count")
    finiteSum = try row.value("finite_sum")
    first = try point("first_step", "first_value")
    last = try point("last_step", "last_value")
    minimum = try point("min_step", "min_value")
    maximum = try point("max_step", "max_value")
  }

  /// Takes the summary of the rows themselves.
  init(recomputedFrom db: Database, run: Int64, metric: Int64) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT step, value FROM series WHERE run_id = ? AND metric_id = ? ORDER BY step", arguments: [run, metric])
    while let row = try rows.next() { add(try row.value(1) ?? Double.nan, at: try row.value(0)) }
  }

  func save(_ db: Database, run: Int64, metric: Int64) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO summaries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    try statement.execute(arguments: [
      run, metric, count, nanCount, infiniteCount, first?.step, first?.value, last?.step, last?.value,
      minimum?.step, minimum?.value, maximum?.step, maximum?.value, finiteSum
    ])
  }
}
