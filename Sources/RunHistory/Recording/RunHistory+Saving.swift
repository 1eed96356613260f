import Foundation
import GRDB

extension RunHistory {
  /// Writes the whole history to another file, with what could not be written to its own: whole or not at all.
  ///
  /// It only reads the history's file, so a full disk or another program's lock is no hindrance.
  ///
  /// - Throws: `HistoryError.exists` where there is a file already, which stays as it is.
  public func save(to path: String) throws(HistoryError) {
    guard !FileManager.default.fileExists(atPath: path) else { throw .exists(path) }
    let temporary = "\(path).\(getpid()).tmp"
    defer { for suffix in ["", "-wal", "-shm", "-journal"] { unlink(temporary + suffix) } }
    do {
      try copy(to: temporary)
    } catch {
      throw HistoryError(error, at: .file(path))
    }
    // Unlike a renaming, a link does not replace what has come there meanwhile; some file systems have none.
    if link(temporary, path) == 0 { return }
    if errno == EEXIST { throw .exists(path) }
    guard rename(temporary, path) == 0 else { throw .failed(path, reason: String(cString: strerror(errno))) }
  }

  /// The copy is closed, and synced by SQLite, when this returns.
  private func copy(to path: String) throws {
    var configuration = Configuration()
    configuration.label = "siam.history.copy"
    let copy = try DatabaseQueue(path: path, configuration: configuration)
    try database.backup(to: copy)
    // One file, without a log beside it; the copy's first user turns the log on again.
    try copy.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    try recorder.writePending(toCopy: copy)
    try copy.close()
  }
}
