import Foundation
import RunHistory
import Testing

/// `import`: the runs of another history come here, each once, with all that belongs to them.
@Suite struct MergeTests {
  let here: TemporaryHistory
  let there: TemporaryHistory

  init() throws {
    here = try TemporaryHistory()
    there = try TemporaryHistory()
  }

  /// Every table but the numbers, which are of each file.
  private func content(_ place: TemporaryHistory, where condition: String = "1") throws -> [String] {
    func of(_ columns: String, _ tables: String) -> String {
      "SELECT r.uuid, \(columns) FROM \(tables) JOIN runs r ON r.id = t.run_id WHERE \(condition) ORDER BY 1, 2, 3"
    }
    let queries = [
      """
      SELECT r.uuid, r.name, r.state, r.started, r.ended, r.steps, r.script, r.line, r.seed, r.host, r.heartbeat, r.forgotten, p.uuid, o.uuid
      FROM runs r LEFT JOIN runs p ON p.id = r.continues LEFT JOIN runs o ON o.id = r.rerun_of WHERE \(condition) ORDER BY 1
      """,
      of("t.name, number, text, flag", "settings t"), of("t.name, typed, expanded", "formulas t"),
      of("t.name, position, x.text", "formula_trees t JOIN trees x ON x.id = tree_id"), of("position, text", "statements t"),
      of("siam, threads, dataset", "environments t"), of("m.name, t.step, quote(t.value)", "series t JOIN metrics m ON m.id = metric_id"),
      of(
        "m.name, t.count, nan_count, infinite_count, first_step, first_value, last_step, last_value, min_step, min_value, max_step, max_value, finite_sum",
        "summaries t JOIN metrics m ON m.id = metric_id"),
      of("m.name, formula, statistics, cadence", "metric_formulas t JOIN metrics m ON m.id = metric_id"),
      of("word, sentence, statistics, still_falling", "verdicts t"), of("t.name, quote(value)", "verdict_evidence t"),
      of("written, text", "notes t"), of("tag, 1", "tags t"), of("path, kind, hash, step, written", "artifacts t")
    ]
    return try queries.flatMap { try place.shell($0) }
  }

  /// Runs with everything that a run can have.
  private func fill(_ history: RunHistory, _ name: String) throws {
    var description = RunDescription(name: name)
    description.seed = 7
    description.script = "a.siam"
    description.line = 3
    description.statements = ["data shapes", "train"]
    description.settings = [("lr", .number(0.5)), ("encoder", .text("mlp")), ("probe", .flag(true))]
    description.environment.siam = "0.1"
    description.environment.threads = 2
    description.metrics = [MetricDefinition(name: "mr", formula: "norm", statistics: "training", cadence: "step")]
    let first = try history.begin(description)
    for (step, value) in [0.5, .nan, .infinity, -0.25].enumerated() { history.record(first, step: step + 1, [(metric: "mr", value: value)]) }
    try history.finish(
      first, state: .finished,
      verdict: RunVerdict(word: "no", sentence: "no collapse", evidence: [(name: "std", value: 0.1), (name: "rank", value: .nan)]))
    try history.note(first, "a note; it's \"quoted\"")
    try history.tag(first, "table3")
    try history.addArtifact(first, kind: "checkpoint", path: "/x/\(name).safetensors", hash: "00ff", step: 4)
    description.continues = first
    description.rerunOf = first
    let second = try history.begin(description)
    try history.finish(second, state: .interrupted)
    try history.forget(try history.add("\(name) with a loss", loss: "-Za . sg(Zb)", series: ["mo": [1]]))
  }

  @Test func everythingComesOver() throws {
    let history = try here.open()
    try fill(history, "mine")
    let mine = try content(here)
    try fill(try there.open(), "theirs")
    let theirs = try content(there)
    let bytes = try there.bytes()
    let merge = try history.merge(there.path)
    #expect(merge.imported == [4, 5, 6] && merge.presentCount == 0 && merge.runningCount == 0)
    #expect(try content(here).sorted() == (mine + theirs).sorted())
    #expect(try here.shell("PRAGMA integrity_check; PRAGMA foreign_key_check") == ["ok"])
    #expect(try there.bytes() == bytes)
    #expect(try history.runs(where: "loss contains sg(Zb) and forgotten") == "3 6")

    // Again: nothing is doubled. And back again: neither.
    let again = try history.merge(there.path)
    #expect(again.imported.isEmpty && again.presentCount == 3)
    #expect(try there.open().merge(here.path).presentCount == 3)
    #expect(try content(there).sorted() == content(here).sorted())
  }

  @Test func whatGoesOnFromARunThatIsHereFindsIt() throws {
    let original = try there.open()
    let first = try original.add("first")
    let history = try here.open()
    _ = try history.add("another")
    #expect(try history.merge(there.path).imported == [2])
    var description = RunDescription(name: "second")
    description.continues = first
    try original.finish(try original.begin(description), state: .finished)
    #expect(try history.merge(there.path).imported == [3])
    #expect(try history.ask("history where name = second columns continues").firstColumn == ["2"])
  }

  @Test func whatIsStillRunningIsLeftOut() throws {
    let other = try there.open()
    let run = try other.begin(RunDescription(name: "running"))
    let history = try here.open()
    #expect(try history.merge(there.path).runningCount == 1)
    #expect(try history.runCount() == 0)
    try other.finish(run, state: .finished)
    #expect(try history.merge(there.path).imported == [1])
  }

  @Test func whatItsProcessLeftIsDead() throws {
    let other = try there.open()
    _ = try other.begin(RunDescription(name: "killed"))
    _ = try there.shell("UPDATE runs SET process_identity = process_identity || '0'")
    let history = try here.open()
    #expect(try history.merge(there.path).imported == [1])
    #expect(try history.ask("history columns state, ended").rows[0].first == .text("dead"))
  }

  @Test func anOlderVersionIsReadThroughACopy() throws {
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/version-1.sqlite")
    try Data(contentsOf: fixture).write(to: URL(fileURLWithPath: there.path))
    let bytes = try there.bytes()
    #expect(try here.open().merge(there.path).imported == [1, 2, 3])
    #expect(try there.bytes() == bytes)
    #expect(try here.shell("SELECT name FROM run_list") == ["first", "second"])
  }

  @Test func whatIsNoHistoryIsRefused() throws {
    let history = try here.open()
    #expect(throws: HistoryError.missing(there.path)) { try history.merge(there.path) }
    #expect(throws: HistoryError.itself(here.path)) { try history.merge(here.path) }
    let link = here.folder.appendingPathComponent("link.sqlite").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: here.path)
    #expect(throws: HistoryError.itself(link)) { try history.merge(link) }
    #expect(throws: HistoryError.isFolder(here.folder.path)) { try history.merge(here.folder.path) }
    let pipe = here.folder.appendingPathComponent("pipe").path
    try #require(mkfifo(pipe, 0o600) == 0)
    #expect(throws: HistoryError.notSQLite(pipe)) { try history.merge(pipe) }
    #expect(throws: HistoryError.notSQLite(pipe)) { try RunHistory(at: .file(pipe)) }
    try Data("no database".utf8).write(to: URL(fileURLWithPath: there.path))
    #expect(throws: HistoryError.notSQLite(there.path)) { try history.merge(there.path) }
    try FileManager.default.removeItem(atPath: there.path)
    _ = try there.shell("CREATE TABLE birds (name)")
    #expect(throws: HistoryError.notAHistory(there.path)) { try history.merge(there.path) }
  }

  @Test(
    "a file that only looks like a history is refused or read as what it should be, and nothing of it does harm",
    arguments: [
      ("DROP TABLE settings; CREATE VIEW settings AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x AS run_id FROM c", 0),
      ("DROP TABLE trees", 0), ("PRAGMA user_version = 99", 0), ("UPDATE runs SET steps = 'many', seed = x'00', line = 'x'", 1),
      ("UPDATE series SET value = 'abc'", 1), ("UPDATE summaries SET last_value = x'ff', count = 'x'", 1),
      ("UPDATE metrics SET name = x'ff00'", 1), ("UPDATE runs SET continues = 1, rerun_of = 1", 1)
    ])
  func foreign(change: String, importedCount: Int) throws {
    try there.open().add("theirs", settings: [("lr", .number(0.5))], loss: "-Za . sg(Zb)", series: ["mr": [1, 2]], verdict: "no")
    _ = try there.shell(change)
    let history = try here.open()
    #expect((try? history.merge(there.path).imported.count) ?? 0 == importedCount)
    #expect(try history.runCount() == importedCount)
    _ = try history.ask("history where mr > 0 or lr = 0.5 columns id, steps, seed, last(mr), max(mr)")
    if importedCount == 1 { _ = try history.report(run: 1) }
    #expect(try here.shell("PRAGMA integrity_check") == ["ok"])
  }
}
