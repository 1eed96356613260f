import RunHistory
import Tables
import Testing

/// What `lineage` answers.
@Suite struct LineageTests {
  private let temporary: TemporaryHistory
  private let history: RunHistory

  init() throws {
    temporary = try TemporaryHistory()
    history = try temporary.open()
  }

  private func add(continuing run: Int64? = nil, rerunning other: Int64? = nil) throws -> Int64 {
    var description = RunDescription(name: "x")
    description.continues = run
    description.rerunOf = other
    let id = try history.begin(description)
    try history.finish(id, state: .finished)
    return id
  }

  private func lineage(_ run: Int64) throws -> [String] { try history.lineage(of: run, isIndented: true).firstColumn }

  @Test func aTreeFromItsFirstRun() throws {
    let first = try add()
    let second = try add(continuing: first)
    _ = try add()
    let fourth = try add(continuing: first)
    _ = try add(continuing: second)
    try history.forget(second)
    for run in [first, second, fourth] { #expect(try lineage(run) == ["1", "  2", "    5", "  4"]) }
    #expect(try lineage(3) == ["3"])
    #expect(try history.lineage(of: first, isIndented: false).rows[1].map(\.text) == ["2", "1", "-", "x", "finished, forgotten", "-", "0"])
    #expect(throws: HistoryError.noSuchRun(9)) { try history.lineage(of: 9, isIndented: false) }
  }

  @Test func rerunsStandBehindWhatTheyRepeat() throws {
    let first = try add()
    let second = try add(continuing: first)
    let again = try add(rerunning: first)
    let secondAgain = try add(continuing: again, rerunning: second)
    let alone = try add(rerunning: second)
    for run in [first, second, again, secondAgain, alone] { #expect(try lineage(run) == ["1", "  2", "    5", "  3", "    4"]) }
    #expect(try history.lineage(of: first, isIndented: false).rows[4].map(\.text).prefix(3) == ["4", "3", "2"])
  }

  @Test func aCircleEnds() throws {
    _ = try add()
    _ = try add(continuing: 1)
    _ = try temporary.shell("UPDATE runs SET continues = 2 WHERE id = 1")
    #expect(try lineage(1) == ["2", "  1"])
    #expect(try lineage(2) == ["1", "  2"])
  }
}
