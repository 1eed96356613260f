import Foundation
import TestSupport
import Testing

/// A history that can no longer be written: the training goes on, and what it recorded is kept elsewhere.
@Suite struct RescueTests {
  private let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: home.path + "/siam", withIntermediateDirectories: false)
  }

  private static let settings = "data shapes train=64 test=16; use quick dim=16; encoder mlp 16; batch 16; loss -Za . sg(Zb)"
  private var database: String { home.path + "/siam/history.sqlite" }

  private func shell(_ path: String, _ sql: String) throws -> String { try ExternalProgram.run("sqlite3", "-readonly", path, sql).output }

  private func rescued() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: home.path).filter { $0.hasPrefix("siam-rescue-") }.map { home.path + "/\($0)/history.sqlite" }
  }

  private func start() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(home: home, columns: 250)
    try terminal.expect("siam> ")
    try terminal.run(Self.settings)
    try terminal.run("train 5 steps as \"a\"")
    return terminal
  }

  /// The log is emptied into the file, and then every page but the first is overwritten.
  private func damage() throws {
    _ = try ExternalProgram.sqlite3(database, "PRAGMA wal_checkpoint(TRUNCATE)")
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: database))
    let size = try file.seekToEnd()
    try file.seek(toOffset: 4096)
    try file.write(contentsOf: Data(repeating: 0xFF, count: Int(size) - 4096))
    try file.close()
  }

  /// Once for the session, not for every run.
  @Test func aDamagedFileIsLeftForACopy() throws {
    let terminal = try start()
    try damage()
    let second = try terminal.run("train 5 steps as \"b\"")
    #expect(second.contains("warning: the history `\(database)` is damaged: ") && second.contains("this session is recorded in a copy from here on"))
    #expect(second.contains("run 1 · "))
    #expect(try terminal.run("train 5 steps as \"c\"").contains("warning") == false)
    #expect(try terminal.run("print run(\"c\").steps").contains("5\r\n"))
    try terminal.type("quit\r")
    #expect(try terminal.waitForEnd() == 1)
    let path = try #require(try rescued().first)
    #expect(terminal.transcript.contains("error: what this session recorded is not in its history, but in `\(path)`"))
    #expect(try shell(path, "PRAGMA integrity_check; SELECT name, state, steps FROM run_list") == "ok\nb|finished|5\nc|finished|5\n")
  }

  @Test func aDeletedFileIsLeftForACopyWithAll() throws {
    let terminal = try start()
    for suffix in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: database + suffix) }
    let second = try terminal.run("train 5 steps as \"b\"")
    #expect(second.contains("warning: the history `\(database)` was deleted or replaced by another file while it was in use; this session"))
    #expect(second.contains("run 2 · "))
    #expect(try terminal.run("history save \"all.sqlite\"").contains("all.sqlite: 2 runs"))
    try terminal.type(PseudoTerminal.Key.control("d"))
    #expect(try terminal.waitForEnd() == 1)
    for path in [home.path + "/all.sqlite", try #require(try rescued().first)] {
      #expect(try shell(path, "SELECT name, state, steps FROM run_list") == "a|finished|5\nb|finished|5\n")
    }
  }

  /// A file system of its own that is too small, in a name space of its own: for those who may make one.
  private static func unshared(_ script: String, home: TemporaryFolder) throws -> (status: Int32, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
    process.arguments = ["-rm", "sh", "-c", script]
    process.environment = SiamBinary.environment(home: home, changes: ["SIAM_THREADS": "1"])
    process.currentDirectoryURL = URL(fileURLWithPath: home.path)
    process.standardOutput = FileHandle.nullDevice
    let errors = try home.write("", to: "errors")
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOfFile: errors, encoding: .utf8))
  }

  private static let canMount: Bool = {
    guard let home = try? TemporaryFolder() else { return false }
    return (try? unshared("mount -t tmpfs -o size=64k tmpfs . && mount -o remount,ro .", home: home))?.status == 0
  }()

  /// With room for a history, but not for its run.
  private static let small = "mount -t tmpfs -o size=320k tmpfs siam && "
  private var siam: String { "'\(SiamBinary.url.path)' -q" }

  @Test(.enabled(if: canMount)) func aDiskThatFillsWhileSomethingIsTrained() throws {
    let end = try Self.unshared(Self.small + "\(siam) -e '\(Self.settings); train 6000 steps as \"a\"'", home: home)
    let path = try #require(try rescued().first)
    #expect(end.status == 1)
    #expect(
      end.errors.contains("error: the disk that holds the history `\(database)` is full; all runs, with what it lacks, are in `\(path)`"),
      Comment(rawValue: end.errors))
    let facts = "PRAGMA integrity_check; SELECT state, steps FROM run_list; SELECT count(*), max(step) FROM metric_series WHERE metric = 'loss'"
    #expect(try shell(path, facts) == "ok\nfinished|6000\n6000|6000\n")
  }

  /// What the script itself has saved is not saved again.
  @Test(.enabled(if: canMount)) func aScriptThatSavesItself() throws {
    let end = try Self.unshared(
      Self.small + "\(siam) -e '\(Self.settings); train 6000 steps as \"a\"; history save \"all.sqlite\"'", home: home)
    #expect(end.status == 1 && end.errors.contains("all runs, with what it lacks, are in `all.sqlite`"), Comment(rawValue: end.errors))
    #expect(try rescued().isEmpty)
  }

  /// Nothing that was asked for is left out because of it.
  @Test(.enabled(if: canMount), arguments: ["head -c 1M /dev/zero > siam/full 2>/dev/null", "mount -o remount,ro siam"])
  func aDiskThatCannotBeWrittenBeforeARun(_ change: String) throws {
    let train = "\(siam) -e '\(Self.settings); train 5 steps as \"a\"'"
    let again =
      "\(siam) -e 'note 1 \"x\"' ; \(siam) -e '\(Self.settings); train 5 steps as \"b\"; expect run(\"b\").steps == 5; expect run(\"a\").steps == 5'"
    let end = try Self.unshared(Self.small + "\(train) && (\(change) ; \(again))", home: home)
    if change.hasPrefix("mount") {
      // Known when it is opened, before anything is trained.
      #expect(end.status == 2 && end.errors.contains("error: the history `\(database)` cannot be written: the file or its folder is read-only"))
      #expect(end.errors.contains("`--db :memory:` keeps the history in memory only"), Comment(rawValue: end.errors))
      #expect(try rescued().isEmpty)
      return
    }
    #expect(end.status == 1)
    #expect(end.errors.contains("; this session is recorded in a copy from here on: `"), Comment(rawValue: end.errors))
    let path = try #require(try rescued().first)
    #expect(try shell(path, "SELECT name, state, steps FROM run_list") == "a|finished|5\nb|finished|5\n")
  }

  /// Where no place takes it, nothing is trained.
  @Test(.enabled(if: canMount)) func nowhere() throws {
    let script =
      "cd siam && \(siam) -e 'note 1 \"x\"' ; head -c 1M /dev/zero > full 2>/dev/null ; TMPDIR=$PWD \(siam) -e '\(Self.settings); train 5 steps'"
    let end = try Self.unshared(Self.small + script, home: home)
    #expect(end.status == 2 && end.errors.contains("error: the disk that holds the history `\(database)` is full\n"), Comment(rawValue: end.errors))
  }
}
