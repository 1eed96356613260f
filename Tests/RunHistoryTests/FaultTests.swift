import Foundation
import RunHistory
import Testing

@Suite("Files that are damaged, deleted or replaced while they are in use, and clocks that are wrong")
struct FaultTests {
  let place: TemporaryHistory
  let history: RunHistory
  /// Where everything is saved to.
  let other: String

  init() throws {
    place = try TemporaryHistory()
    history = try place.open()
    other = place.folder.appendingPathComponent("other.sqlite").path
    for name in ["a", "b"] { try history.add(name, settings: [("lr", .number(0.5))], series: ["m": (1...3000).map(Double.init)]) }
  }

  /// A run in progress, some of which is in the file.
  private func begin() throws -> Int64 {
    var description = RunDescription(name: "c")
    description.statements = ["train"]
    let run = try history.begin(description)
    history.record(run, step: 1, [(metric: "m", value: 1)])
    try history.flush()
    return run
  }

  /// Overwrites pages of the file, which then holds all that was committed.
  private func damage(pages: String) throws {
    let numbers = try place.shell("PRAGMA wal_checkpoint(TRUNCATE); SELECT pageno - 1 FROM dbstat WHERE \(pages)").dropFirst()
    try #require(!numbers.isEmpty)
    let size = try #require(try place.shell("PRAGMA page_size").first.flatMap { UInt64($0) })
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: place.path))
    for number in numbers.compactMap({ UInt64($0) }) {
      try file.seek(toOffset: number * size)
      try file.write(contentsOf: Data(repeating: 0xFF, count: Int(size)))
    }
    try file.close()
  }

  private func expectDamaged(_ body: () throws -> Void) {
    let error = #expect(throws: HistoryError.self, performing: body)
    guard case .damaged(place.path, _)? = error else {
      Issue.record("\(error as Any)")
      return
    }
  }

  /// The runs' own page is gone, and with it the two that had ended.
  @Test func aRunOutlivesItsRow() throws {
    let run = try begin()
    try damage(pages: "name = 'runs'")
    history.record(run, step: 2, [(metric: "m", value: 2)])
    expectDamaged { try history.flush() }
    history.record(run, step: 3, [(metric: "m", value: 3)])
    expectDamaged { try history.finish(run, state: .finished) }
    #expect(try history.save(to: other) == false)
    let saved = try place.shell(
      "SELECT name, state, steps FROM run_list; SELECT step, value FROM metric_series; SELECT text FROM run_statements", of: other)
    #expect(saved == ["c|finished|3", "1|1.0", "2|2.0", "3|3.0", "train"])
    #expect(try place.shell("PRAGMA integrity_check; PRAGMA foreign_key_check(runs)", of: other) == ["ok"])
    #expect(history.newestCopy == other)
  }

  /// One page in the middle of the series costs what was on it.
  @Test func aPageOfValues() throws {
    let run = try begin()
    try damage(pages: "name = 'series' AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 3")
    // A row of that page, so that its loss is met.
    history.record(1, step: 600, [(metric: "m", value: 600)])
    history.record(run, step: 2, [(metric: "m", value: 2)])
    expectDamaged { try history.finish(run, state: .finished) }
    #expect(try history.save(to: other) == false)
    let counts = try place.shell("SELECT count(*), sum(run_id = \(run)) FROM metric_series; SELECT count(*) FROM run_list", of: other)
    let values = try #require(counts.first?.split(separator: "|").first.flatMap { Int($0) })
    #expect((5000..<6002).contains(values) && counts[0].hasSuffix("|2") && counts[1] == "3")
    #expect(try place.shell("PRAGMA integrity_check", of: other) == ["ok"])
  }

  @Test(arguments: [false, true]) func aFileThatHasGone(isReplaced: Bool) throws {
    let run = try begin()
    for suffix in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: place.path + suffix) }
    if isReplaced { try Data("mine".utf8).write(to: URL(fileURLWithPath: place.path)) }
    #expect(history.isGone)
    history.record(run, step: 2, [(metric: "m", value: 2)])
    #expect(throws: HistoryError.gone(place.path)) { try history.finish(run, state: .finished) }
    #expect(history.takeFailure() == .gone(place.path))
    #expect(throws: HistoryError.gone(place.path)) { try history.begin(RunDescription(name: "d")) }
    // What had been written is still to be had, and the rest with it.
    #expect(try history.save(to: other))
    #expect(
      try place.shell("SELECT count(*) FROM metric_series; SELECT state, steps FROM run_list WHERE name = 'c'", of: other) == ["6002", "finished|2"])
    #expect(FileManager.default.fileExists(atPath: place.path) == isReplaced)
    if isReplaced { #expect(try place.bytes() == Data("mine".utf8)) }
  }

  /// As after a start at which the clock was ahead, and was then set right.
  @Test func anEndIsNotBeforeItsStart() throws {
    let run = try begin()
    _ = try place.shell("UPDATE runs SET started = '2999-01-01 00:00:00.000' WHERE id = \(run)")
    history.record(run, step: 2, [(metric: "m", value: 2)])
    try history.flush()
    #expect(try place.shell("SELECT heartbeat >= started FROM runs WHERE id = \(run)") == ["1"])
    try history.finish(run, state: .finished)
    #expect(try place.shell("SELECT seconds, state FROM run_list WHERE run_id = \(run)") == ["0.0|finished"])
  }

  /// Steps are in their own order whatever the time, and no duration is negative.
  @Test func aRecordOfAClockThatWentBackward() throws {
    _ = try place.shell("UPDATE runs SET started = '2999-01-01 00:00:00.000', ended = '2020-01-01 00:00:00.000' WHERE id = 1")
    #expect(try history.ask("history where id = 1 columns seconds").rows == [[.number(0)]])
    #expect(try history.runs(where: "seconds < 0") == "")
    #expect(try history.series(1, metric: "m").map(\.step) == Array(1...3000))
    let report = try history.report(run: 1).sections.map { "\($0.content)" }.joined()
    #expect(report.contains("seconds") && !report.contains("-30"))
  }

  /// A sign of life from the future is one, but not for ever; of a process of this host the clock says nothing.
  @Test(
    arguments: [
      ("host = 'elsewhere', heartbeat = strftime('%Y-%m-%d %H:%M:%f', 'now', '+1 hour')", "running"),
      ("host = 'elsewhere', heartbeat = '2999-01-01 00:00:00.000'", "dead"),
      ("heartbeat = '2999-01-01 00:00:00.000'", "running"), ("heartbeat = '1999-01-01 00:00:00.000'", "running"),
      ("heartbeat = '2999-01-01 00:00:00.000', process_identity = process_identity || '0'", "dead")
    ])
  func whoLivesByTheClock(change: String, state: String) throws {
    let run = try begin()
    _ = try place.shell("UPDATE runs SET \(change) WHERE id = \(run)")
    _ = try place.open()
    #expect(try place.shell("SELECT state FROM run_list WHERE run_id = \(run)") == [state])
  }
}
