import Foundation
import RunHistory
import Testing

/// Promise 5: a history of every older version, made by the Siam of that time, is brought up to date, and a copy as it was is kept.
@Suite("Histories of older versions")
struct MigrationTests {
  let place: TemporaryHistory
  init() throws { place = try TemporaryHistory() }

  /// A version for each migration but the newest: who adds one keeps a fixture of the version before.
  private static let olderVersions = [1]

  private func copyFixture(of version: Int) throws {
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/version-\(version).sqlite")
    try Data(contentsOf: fixture).write(to: URL(fileURLWithPath: place.path))
  }

  /// What is in a file, as the views of version 1 tell it; every column that they had is named.
  private func content(of path: String) throws -> [String] {
    let views = [
      "run_list": "run_id, uuid, name, state, verdict, loss, started, ended, seconds, steps, continues, script, line, seed, host, tags",
      "run_settings": "*", "run_formulas": "*", "run_statements": "*", "run_environments": "*", "run_verdicts": "*", "run_evidence": "*",
      "run_notes": "*", "run_tags": "*", "run_artifacts": "*", "metric_formula": "*", "metric_summary": "*", "metric_series": "*"
    ]
    return try views.sorted { $0.key < $1.key }.flatMap { view, columns in
      ["\(view):"] + (try place.shell("SELECT \(columns) FROM \(view) ORDER BY run_id", of: path))
    }
  }

  private func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: place.folder.path).sorted() }

  @Test func everyOlderVersionHasAFixture() throws {
    _ = try place.open()
    let newest = try #require(Int(try place.shell("PRAGMA user_version")[0]))
    #expect(Self.olderVersions == Array(1..<newest))
  }

  @Test(arguments: olderVersions)
  func isBroughtUpToDateWithACopyKept(version: Int) throws {
    try copyFixture(of: version)
    let before = try content(of: place.path)
    #expect(before.count > 100)
    let history = try place.open()
    let copy = place.folder.appendingPathComponent("history.version-\(version).sqlite").path
    #expect(history.keptCopy == copy)
    #expect(try content(of: place.path) == before)
    #expect(try place.shell("PRAGMA integrity_check; PRAGMA foreign_key_check") == ["ok"])
    #expect(try history.runs(where: "name = first") == "1")
    #expect(try history.record(of: 2).statements.last == "train 2 steps as \"second\"")
    try history.restore(3)
    #expect(try history.ask("history columns id, rerun_of sort id").rows.map { $0.map(\.text) } == [["1", "-"], ["2", "-"], ["3", "-"]])

    #expect(try content(of: copy) == before)
    #expect(try place.shell("PRAGMA user_version; PRAGMA integrity_check", of: copy) == ["\(version)", "ok"])
    // The copy is a history like any other: it can be opened, and is then migrated itself.
    let again = try RunHistory(at: .file(copy))
    #expect(try again.runs(where: "name = second") == "2")
  }

  @Test func openedAgainItIsNotCopiedAgain() throws {
    try copyFixture(of: 1)
    _ = try place.open()
    #expect(try place.open().keptCopy == nil)
    #expect(try files().filter { $0.contains("version") } == ["history.version-1.sqlite"])
  }

  @Test func anEmptyOneNeedsNoCopy() throws {
    #expect(try place.open().keptCopy == nil)
    #expect(try files().filter { $0.contains("version") }.isEmpty)
  }

  @Test func whatIsThereAlreadyStays() throws {
    try copyFixture(of: 1)
    let mine = place.folder.appendingPathComponent("history.version-1.sqlite")
    try Data("mine".utf8).write(to: mine)
    #expect(try place.open().keptCopy == place.folder.appendingPathComponent("history.version-1-2.sqlite").path)
    #expect(try Data(contentsOf: mine) == Data("mine".utf8))
  }

  @Test func processesMigrateAtOnce() async throws {
    try copyFixture(of: 1)
    let path = place.path
    await withTaskGroup(of: Void.self) { group in
      for writer in 1...16 {
        group.addTask {
          await #expect(processExitsWith: .success) { [path = path as String, writer = writer as Int] in
            try RunHistory(at: .file(path)).add("writer \(writer)", series: ["m": [1, 2]])
          }
        }
      }
    }
    #expect(try place.shell("SELECT count(*) FROM run_list; SELECT identifier FROM grdb_migrations") == ["18", "1 runs", "2 reruns"])
    #expect(try files().filter { $0.contains("version") } == ["history.version-1.sqlite"])
    #expect(try place.shell("SELECT count(*) FROM runs", of: place.folder.path + "/history.version-1.sqlite") == ["3"])
  }

  @Test func withoutRoomForTheCopyItStaysAsItWas() throws {
    try copyFixture(of: 1)
    // A name so long that there is none for a copy, nor for anything else beside the file.
    let long = place.folder.appendingPathComponent(String(repeating: "h", count: 235) + ".sqlite")
    try FileManager.default.moveItem(atPath: place.path, toPath: long.path)
    let before = try content(of: long.path)
    #expect(throws: HistoryError.self) { try RunHistory(at: .file(long.path)) }
    #expect(try content(of: long.path) == before)
    #expect(try place.shell("PRAGMA user_version", of: long.path) == ["1"])
  }
}
