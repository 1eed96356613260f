import Foundation
import RunHistory
import Testing

/// What `purge` deletes, and what it keeps.
@Suite struct PurgeTests {
  let place: TemporaryHistory
  let history: RunHistory

  init() throws {
    place = try TemporaryHistory()
    history = try place.open()
  }

  private func begin(_ name: String, continues: Int64? = nil) throws -> Int64 {
    var description = RunDescription(name: name)
    description.continues = continues
    description.statements = ["train"]
    return try history.begin(description)
  }

  private func rows(of run: Int64) throws -> Int {
    let tables = [
      "settings", "formulas", "formula_trees", "statements", "environments", "metric_formulas", "series", "summaries", "verdicts", "notes",
      "tags", "artifacts"
    ]
    return try tables.reduce(0) { try $0 + (Int(place.shell("SELECT count(*) FROM \($1) WHERE run_id = \(run)")[0]) ?? 0) }
  }

  @Test func nothingOfAForgottenRunIsLeft() throws {
    let kept = try history.add("kept", settings: [("lr", .number(0.5))], loss: "-Za . sg(Zb)", series: ["mr": [1]], verdict: "no")
    let gone = try history.add("gone", settings: [("lr", .number(0.5))], loss: "Za . sg(Zb) + 2", series: ["mr": [1, 2]], verdict: "no")
    try history.note(gone, "a note")
    try history.tag(gone, "a")
    try history.addArtifact(gone, kind: "checkpoint", path: "/x/run-2.safetensors")
    let before = try rows(of: kept)
    #expect(try rows(of: gone) > before)
    try history.forget(gone)
    let purge = try history.purge()
    #expect(purge.purged == [gone] && purge.kept.isEmpty && purge.checkpoints == ["/x/run-2.safetensors"])
    #expect(try rows(of: gone) == 0)
    #expect(try rows(of: kept) == before)
    #expect(try place.shell("SELECT count(*) FROM trees; PRAGMA integrity_check; PRAGMA foreign_key_check") == ["1", "ok"])
    #expect(throws: HistoryError.noSuchRun(gone)) { try history.restore(gone) }
    // Its number is not given to another.
    #expect(try history.add("new") == gone + 1)
  }

  @Test func whatIsInUseStays() throws {
    let first = try begin("first")
    try history.finish(first, state: .finished)
    let second = try begin("second", continues: first)
    try history.finish(second, state: .finished)
    let third = try begin("third", continues: second)
    try history.finish(third, state: .finished)
    let running = try begin("running")
    #expect(throws: HistoryError.notForgotten(first)) { try history.purge(first) }
    #expect(throws: HistoryError.noSuchRun(77)) { try history.purge(77) }
    for run in [first, second, running] { try history.forget(run) }
    let purge = try history.purge()
    #expect(purge.purged.isEmpty)
    #expect(purge.kept.map(\.run) == [first, second, running])
    #expect(purge.kept.map(\.reason) == [.continuedBy(second), .continuedBy(third), .running])
    try history.forget(third)
    #expect(try history.purge(second).kept.map(\.run) == [second])
    #expect(try history.purge(third).purged == [third])
    #expect(try history.purge().purged == [first, second])
  }

  @Test func theFileGetsSmaller() throws {
    let run = try history.add("long", series: ["mr": (1...100_000).map(Double.init)])
    try history.add("short", series: ["mr": [1]])
    _ = try place.shell("PRAGMA wal_checkpoint(TRUNCATE)")
    let before = try place.bytes().count
    try history.forget(run)
    _ = try history.purge()
    #expect(try place.bytes().count * 4 < before)
    #expect(try place.shell("SELECT value FROM metric_series; PRAGMA integrity_check") == ["1.0", "ok"])
  }
}
