import Foundation
import RunHistory
import Testing

@Suite("Several processes, and processes that are killed")
struct ProcessTests {
  let place: TemporaryHistory
  init() throws { place = try TemporaryHistory() }

  @Test func processesWriteAtOnceToAFreshFile() async throws {
    let path = place.path
    await withTaskGroup(of: Void.self) { group in
      for writer in 1...16 {
        group.addTask {
          await #expect(processExitsWith: .success) { [path = path as String, writer = writer as Int] in
            let history = try RunHistory(at: .file(path))
            for _ in 1...3 {
              try history.add("writer \(writer)", settings: [("lr", .number(0.5))], series: ["m": (1...40).map(Double.init)])
            }
          }
        }
      }
    }
    #expect(try place.shell("SELECT count(*), count(DISTINCT uuid), sum(steps) FROM run_list") == ["48|48|1920"])
    #expect(try place.shell("SELECT count(*), sum(value) FROM metric_series") == ["1920|39360.0"])
    #expect(try place.shell("SELECT count(*) FROM grdb_migrations; PRAGMA integrity_check") == ["2", "ok"])
  }

  @Test func threadsShareOneHistory() async throws {
    let history = try place.open()
    await withThrowingTaskGroup(of: Void.self) { group in
      for thread in 1...8 {
        group.addTask { try history.add("thread \(thread)", series: ["m": (1...100).map(Double.init)]) }
      }
    }
    #expect(try place.shell("SELECT count(*), sum(count) FROM metric_summary") == ["8|800"])
  }

  @Test func aKilledProcessLeavesAWholeFileAndADeadRun() async throws {
    let path = place.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let history = try RunHistory(at: .file(path))
      let run = try history.begin(RunDescription(name: "killed"))
      for step in 1...100 { history.record(run, step: step, [(metric: "loss", value: Double(step))]) }
      try history.flush()
      for step in 101...20_000 { history.record(run, step: step, [(metric: "loss", value: Double(step))]) }
      Thread.detachNewThread { try? history.flush() }
      // In the middle of the transaction, more often than not; whenever it is, what must hold is the same.
      usleep(2_000)
      kill(getpid(), SIGKILL)
    }
    let history = try place.open()
    #expect(try place.shell("PRAGMA integrity_check") == ["ok"])
    #expect(try history.ask("history columns name, state, dead").rows == [[.text("killed"), .text("dead"), .text("true")]])
    #expect(try place.shell("SELECT count(*) FROM metric_series WHERE step <= 100 AND value = step") == ["100"])
    #expect(
      try place.shell("SELECT count(*) = s.count, count(*) IN (100, 20000) FROM metric_series, metric_summary s") == ["1|1"])
    #expect(try place.shell("SELECT ended IS NOT NULL FROM run_list") == ["1"])
  }

  @Test func aLivingRunStaysRunning() throws {
    let history = try place.open()
    let run = try history.begin(RunDescription(name: "alive"))
    #expect(try place.open().runs(where: "running") == "\(run)")
  }

  @Test(
    "a number that another process has now does not keep a run alive; another place is given time",
    arguments: [
      ("process_identity = process_identity || '0'", "dead"),
      ("host = 'elsewhere'", "running"),
      ("host = 'elsewhere', heartbeat = '2020-01-01 00:00:00.000'", "dead")
    ])
  func identity(change: String, state: String) throws {
    let history = try place.open()
    _ = try history.begin(RunDescription(name: "a"))
    _ = try place.shell("UPDATE runs SET \(change)")
    _ = try place.open()
    #expect(try place.shell("SELECT state FROM run_list") == [state])
  }
}
