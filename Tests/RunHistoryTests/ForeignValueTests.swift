import Foundation
import RunHistory
import Testing

/// Others write this file too: what it holds is answered or refused, and never trusted. The long form is `scripts/fuzz-history`.
@Suite struct ForeignValueTests {
  private static let values = ["'abc'", "x'ff00'", "-1", "9e999", "''", "0.5", "9223372036854775807"]

  /// Every column of every table, with values that it cannot have.
  @Test(arguments: [
    "runs", "settings", "formulas", "formula_trees", "trees", "statements", "environments", "metrics", "metric_formulas", "series", "summaries",
    "verdicts",
    "verdict_evidence", "notes", "tags", "artifacts"
  ])
  func valuesOfAnotherType(table: String) throws {
    let place = try TemporaryHistory()
    do {
      let history = try place.open()
      var description = RunDescription(name: "b")
      description.statements = ["train"]
      description.settings = [("probe", .flag(true)), ("encoder", .text("mlp")), ("lr", .number(0.5))]
      description.metrics = [MetricDefinition(name: "mr", formula: "x")]
      description.continues = try history.add("a", loss: "-Za . sg(Zb)", series: ["mr": [1, .nan, 3]], verdict: "no")
      let run = try history.begin(description)
      for step in 1...3 { history.record(run, step: step, [(metric: "mr", value: Double(step))]) }
      try history.finish(run, state: .finished, verdict: RunVerdict(word: "no", sentence: "s", evidence: [(name: "std", value: 0.5)]))
      try history.note(run, "a note")
      try history.tag(run, "a")
      try history.addArtifact(run, kind: "checkpoint", path: "/x", step: 3)
    }
    _ = try place.shell("PRAGMA wal_checkpoint(TRUNCATE)")
    let whole = try place.bytes()
    // SQLite takes nothing but a number for the number of a row.
    let rowNumber = ["environments", "verdicts"].contains(table) ? "run_id" : "id"
    for column in try place.shell("SELECT name FROM pragma_table_info('\(table)') WHERE name <> '\(rowNumber)'") {
      for value in Self.values {
        try whole.write(to: URL(fileURLWithPath: place.path))
        _ = try place.shell("PRAGMA ignore_check_constraints = ON; UPDATE OR IGNORE \(table) SET \"\(column)\" = \(value)")
        // Whatever comes of it, it comes.
        guard let history = try? place.open() else { continue }
        _ = try? history.ask(
          "history columns id, name, lr, encoder, probe, last(mr), max(mr), seconds, seed, tag, note where loss contains sg(Zb) or mr > 0")
        for run in [1, 2] as [Int64] {
          _ = try? history.report(run: run)
          _ = try? history.record(of: run)
          _ = try? history.lineage(of: run, isIndented: true)
          _ = try? history.series(run, metric: "mr")
          _ = try? history.value(run, metric: "mr", .mean)
          _ = try? history.value(run, "probe")
          history.record(run, step: 9, [(metric: "mr", value: 1)])
        }
        _ = try? history.difference(between: 1, and: 2)
        _ = try? history.comparison(of: [1, 2])
        _ = try? history.runs(named: "*")
        _ = try? history.flush()
        _ = try? RunHistory(at: .memory).merge(place.path)
      }
    }
  }

  @Test(arguments: ["settings", "grdb_migrations", "series"])
  func aViewIsNoTable(table: String) throws {
    let place = try TemporaryHistory()
    _ = try place.open()
    _ = try place.shell(
      "DROP TABLE \(table); CREATE VIEW \(table) AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x AS run_id FROM c")
    for version in [2, 0] {
      _ = try place.shell("PRAGMA user_version = \(version)")
      #expect(throws: HistoryError.damaged(place.path, reason: "it has no table `\(table)`")) { try place.open() }
    }
  }
}
