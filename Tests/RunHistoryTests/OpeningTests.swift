import Foundation
import RunHistory
import Testing

@Suite("Opening a history")
struct OpeningTests {
  let place: TemporaryHistory
  init() throws { place = try TemporaryHistory() }

  @Test func aNewFileWithItsFolder() throws {
    let path = place.folder.appendingPathComponent("a/b/history.sqlite").path
    let history = try RunHistory(at: .file(path))
    #expect(try history.runCount() == 0)
    #expect(FileManager.default.fileExists(atPath: path))
  }

  @Test func theHeaderSaysWhatItIs() throws {
    _ = try place.open()
    #expect(try place.shell("PRAGMA application_id; PRAGMA user_version; PRAGMA journal_mode") == ["1399415149", "2", "wal"])
    #expect(try place.shell("SELECT identifier FROM grdb_migrations") == ["1 runs", "2 reruns"])
  }

  @Test func openingAgainChangesNothing() throws {
    try place.open().add("a", series: ["mr": [1, 2]])
    _ = try place.shell("PRAGMA wal_checkpoint(TRUNCATE)")
    let before = try place.bytes()
    let again = try place.open()
    #expect(try again.runCount() == 1)
    #expect(try place.bytes() == before)
  }

  @Test(
    "a file that is no SQLite is left as it is",
    arguments: ["x", "hello, this is no database\n", String(repeating: "text ", count: 2000)])
  func noSQLite(content: String) throws {
    try Data(content.utf8).write(to: URL(fileURLWithPath: place.path))
    #expect(throws: HistoryError.notSQLite(place.path)) { try place.open() }
    #expect(try place.bytes() == Data(content.utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path) == ["history.sqlite"])
  }

  @Test func anotherProgramsFile() throws {
    _ = try place.shell("CREATE TABLE birds (name)")
    let before = try place.bytes()
    #expect(throws: HistoryError.notAHistory(place.path)) { try place.open() }
    #expect(try place.bytes() == before)
  }

  @Test func aNewerVersion() throws {
    _ = try place.open()
    _ = try place.shell("PRAGMA user_version = 7; PRAGMA wal_checkpoint(TRUNCATE)")
    let before = try place.bytes()
    #expect(throws: HistoryError.newer(place.path, found: 7, known: 2)) { try place.open() }
    #expect(try place.bytes() == before)
  }

  @Test func aFolder() throws {
    try FileManager.default.createDirectory(atPath: place.path, withIntermediateDirectories: false)
    #expect(throws: HistoryError.isFolder(place.path)) { try place.open() }
  }

  @Test func aFolderThatCannotBeMade() throws {
    try Data("a file".utf8).write(to: URL(fileURLWithPath: place.path))
    let error = #expect(throws: HistoryError.self) { try RunHistory(at: .file(place.path + "/sub/history.sqlite")) }
    #expect(error == .folderNotMade(place.path + "/sub", reason: "Not a directory"))
  }

  /// Reads and writes the file that it leads to, beside which SQLite keeps its log: by the link and by its own name it is one history.
  @Test(arguments: [false, true]) func aLink(isMadeThroughIt: Bool) throws {
    let folder = place.folder.appendingPathComponent("elsewhere").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let target = HistoryLocation.file(folder + "/real.sqlite")
    try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: "elsewhere/real.sqlite")
    let first = try RunHistory(at: isMadeThroughIt ? .file(place.path) : target)
    let second = try RunHistory(at: isMadeThroughIt ? target : .file(place.path))
    for (number, history) in [first, second, first, second].enumerated() { try history.add("\(number)", series: ["m": [1, 2]]) }
    #expect(try place.shell("SELECT count(*) FROM metric_series; PRAGMA integrity_check") == ["8", "ok"])
    #expect(try first.runCount() == 4 && second.runCount() == 4)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path).sorted() == ["elsewhere", "history.sqlite"])
    #expect(HistoryLocation.file(place.path).file == folder + "/real.sqlite" && target.file == folder + "/real.sqlite")
  }

  @Test(
    arguments: [
      ("nowhere/real.sqlite", "it is a link to `FOLDER/nowhere/real.sqlite`, whose folder is not there"),
      ("history.sqlite", "it is a link that leads back to itself")
    ])
  func aLinkToNowhere(target: String, reason: String) throws {
    try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: target)
    let expected = reason.replacingOccurrences(of: "FOLDER", with: place.folder.path)
    #expect(throws: HistoryError.failed(place.path, reason: expected)) { try place.open() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path) == ["history.sqlite"])
  }

  /// The administrator may write everywhere: for them the opening is told not to.
  @Test func aReadOnlyFile() throws {
    try place.open().add("a", series: ["m": [1, 2]])
    let before = try Data(contentsOf: URL(fileURLWithPath: place.path))
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: place.path)
    let history = try RunHistory(at: .file(place.path), mayWrite: geteuid() != 0)
    #expect(try history.isReadOnly && history.runCount() == 1 && history.series(1, metric: "m").count == 2)
    #expect(throws: HistoryError.readOnly(place.path)) { try history.add("b") }
    #expect(throws: HistoryError.readOnly(place.path)) { try history.forget(1) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: place.path)) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path) == ["history.sqlite"])
  }

  @Test func nothingToReadIsMissing() throws {
    #expect(throws: HistoryError.missing(place.path)) { try RunHistory(at: .file(place.path), mayWrite: false) }
  }

  @Test func aLockedFile() throws {
    let lock = try SQLiteLock(place.path, "CREATE TABLE x (y)")
    #expect(throws: HistoryError.locked(place.path)) { try place.open(lockTimeout: 0.05) }
    lock.release()
  }

  @Test(
    "every error is a sentence with a way out",
    arguments: [
      HistoryError.noHome, .isFolder("p"), .folderNotMade("p", reason: "Permission denied"), .notSQLite("p"), .notAHistory("p"),
      .newer("p", found: 2, known: 2), .readOnly("p"), .locked("p"), .diskFull("p"), .gone("p"), .damaged("p", reason: "malformed"),
      .failed("p", reason: "disk I/O error")
    ])
  func sentences(error: HistoryError) {
    #expect(error.hint.contains("--db :memory:"))
    #expect(!error.message.hasSuffix(".") && error.message.first?.isUppercase == false)
    #expect(error.diagnostic().message == error.message)
  }
}
