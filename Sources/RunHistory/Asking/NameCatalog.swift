import GRDB
import SourceText
import Syntax

/// What the names in a query can mean, in this history.
struct NameCatalog {
  /// The metrics that some run recorded.
  let metrics: [String: Int64]
  let settings: Set<String>
  let formulas: Set<String>

  /// Known before any run has them, so that a query on a fresh history answers with nothing instead of an error.
  static let builtinMetrics: Set<String> = ["loss", "std", "mo", "mr", "rank", "cov", "top1"]
  static let builtinSettings: Set<String> = [
    "batch", "data", "decay", "encoder", "epochs", "lr", "momentum", "optimizer", "predictor", "profile", "projector", "schedule"
  ]

  init(_ db: Database) throws {
    let rows = try Row.fetchAll(db, sql: "SELECT name, id FROM metrics")
    metrics = Dictionary(try rows.map { (try $0.value(0), try $0.value(1)) }, uniquingKeysWith: { first, _ in first })
    settings = try Self.distinctNames(in: "settings", db)
    formulas = try Self.distinctNames(in: "formulas", db)
  }

  /// The distinct names of a table of many rows, jumping along the index on `name`.
  private static func distinctNames(in table: String, _ db: Database) throws -> Set<String> {
    let names = try String.fetchAll(
      db,
      sql: """
        WITH RECURSIVE found (name) AS (
          SELECT min(name) FROM \(table)
          UNION ALL SELECT (SELECT min(name) FROM \(table) WHERE name > found.name) FROM found WHERE found.name IS NOT NULL
        )
        SELECT name FROM found WHERE name IS NOT NULL
        """)
    return Set(names)
  }

  func isMetric(_ name: String) -> Bool { metrics[name] != nil || Self.builtinMetrics.contains(name) }
  func isSetting(_ name: String) -> Bool { settings.contains(name) || Self.builtinSettings.contains(name) }
  func isFormula(_ name: String) -> Bool { formulas.contains(name) || name == "loss" }

  func isKnown(_ name: String) -> Bool {
    RunColumn.named(name) != nil || isSetting(name) || isMetric(name) || isFormula(name)
  }

  func unknown(_ name: Binder) -> Diagnostic {
    let all = RunColumn.names + Array(metrics.keys) + settings + formulas + Self.builtinMetrics + Self.builtinSettings
    return Diagnostic(
      "`\(name.name.shortened)` is no column, setting or metric of the runs in this history", at: name.span,
      hint: NearestNames.question(for: name.name, among: all))
  }

  func unknownMetric(_ name: Binder) -> Diagnostic {
    let what = isKnown(name.name) ? "is not a metric, so it has no series" : "is no metric of the runs in this history"
    return Diagnostic(
      "`\(name.name.shortened)` \(what)", at: name.span,
      hint: NearestNames.question(for: name.name, among: Array(metrics.keys) + Self.builtinMetrics))
  }
}
