import Foundation
import GRDB

extension RunHistory {
  /// Writes the whole history to another file, with what could not be written to its own: whole or not at all.
  ///
  /// It only reads the history's file, so a full disk or another program's lock is no hindrance.
  ///
  /// - Returns: false where the history is damaged: the file then holds what could be read of it.
  /// - Throws: `HistoryError.exists` where there is a file already, which stays as it is.
  @discardableResult
  public func save(to path: String) throws(HistoryError) -> Bool {
    guard !FileManager.default.fileExists(atPath: path) else { throw .exists(path) }
    let temporary = "\(path).\(getpid()).tmp"
    defer { Self.remove(temporary) }
    let isWhole: Bool
    do {
      isWhole = try copy(to: temporary)
    } catch {
      throw HistoryError(error, at: .file(path))
    }
    try Self.rename(temporary, to: path)
    recorder.copy = path
    return isWhole
  }

  /// The copy that `save` made, where nothing has been recorded since.
  public var newestCopy: String? { recorder.copy }

  private static func rename(_ temporary: String, to path: String) throws(HistoryError) {
    // Unlike a renaming, a link does not replace what has come there meanwhile; some file systems have none.
    if link(temporary, path) == 0 { return }
    if errno == EEXIST { throw .exists(path) }
    guard Foundation.rename(temporary, path) == 0 else { throw .failed(path, reason: String(cString: strerror(errno))) }
  }

  private static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
  }

  /// Whether all of it could be read.
  private func copy(to path: String) throws -> Bool {
    do {
      try copyPages(to: path)
      return true
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB {
      Self.remove(path)
      try copyRows(to: path)
      return false
    }
  }

  /// The copy is closed, and synced by SQLite, when this returns.
  private func copyPages(to path: String) throws {
    let copy = try DatabaseQueue(path: path, configuration: Self.copyConfiguration)
    try database.backup(to: copy)
    // One file, without a log beside it; the copy's first user turns the log on again.
    try copy.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    if recorder.hasMetDamage { try copy.read(Self.requireWhole) }
    try recorder.writePending(toCopy: copy)
    try copy.close()
  }

  /// A backup copies damage too.
  private static func requireWhole(_ db: Database) throws {
    guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
  }

  private func copyRows(to path: String) throws {
    let copy = try DatabaseQueue(path: path, configuration: Self.copyConfiguration)
    try Schema.migrate(copy) { _ in }
    try HistorySalvage.run(from: database, to: copy)
    try recorder.writePending(toCopy: copy)
    try copy.close()
  }

  private static var copyConfiguration: Configuration {
    var configuration = Configuration()
    configuration.label = "siam.history.copy"
    return configuration
  }
}
