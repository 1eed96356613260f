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
    defer { DatabaseFile.remove(temporary) }
    let isWhole: Bool
    do {
      isWhole = try copy(to: temporary)
    } catch {
      throw HistoryError(error, at: .file(path))
    }
    try DatabaseFile.rename(temporary, to: path)
    recorder.copy = path
    return isWhole
  }

  /// The copy that `save` made, where nothing has been recorded since.
  public var newestCopy: String? { recorder.copy }

  /// Whether all of it could be read.
  private func copy(to path: String) throws -> Bool {
    do {
      try copyPages(to: path)
      return true
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB {
      DatabaseFile.remove(path)
      try copyRows(to: path)
      return false
    }
  }

  /// The copy is closed, and synced by SQLite, when this returns.
  private func copyPages(to path: String) throws {
    let copy = try database.copy(to: path)
    if recorder.hasMetDamage { try copy.read(Self.requireWhole) }
    try recorder.writePending(toCopy: copy)
    try copy.close()
  }

  /// A backup copies damage too.
  private static func requireWhole(_ db: Database) throws {
    guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
  }

  private func copyRows(to path: String) throws {
    let copy = try DatabaseQueue(path: path)
    try Schema.migrate(copy) { _ in }
    try HistorySalvage.run(from: database, to: copy)
    try recorder.writePending(toCopy: copy)
    try copy.close()
  }
}
