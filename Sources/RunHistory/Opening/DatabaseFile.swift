import Foundation
import GRDB

/// A database's file as the system sees it, with what SQLite keeps beside it.
enum DatabaseFile {
  /// - throws: `HistoryError` for what is a folder, or no file: to open a pipe would wait for whoever writes into it.
  static func requireFile(_ status: stat, at path: String) throws {
    if status.st_mode & S_IFMT == S_IFDIR { throw HistoryError.isFolder(path) }
    if status.st_mode & S_IFMT != S_IFREG { throw HistoryError.notSQLite(path) }
  }

  static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
  }

  /// Gives a file that was written under another name its own, and replaces nothing that has come there meanwhile.
  static func rename(_ temporary: String, to path: String) throws(HistoryError) {
    // Unlike a renaming, a link does not replace; some file systems have none.
    if link(temporary, path) == 0 { return }
    if errno == EEXIST { throw .exists(path) }
    guard Foundation.rename(temporary, path) == 0 else { throw .failed(path, reason: String(cString: strerror(errno))) }
  }
}

extension DatabaseQueue {
  /// All that was committed last, page by page, in one file without a log beside it; whoever uses it first turns the log on again.
  func copy(to path: String) throws -> DatabaseQueue {
    let copy = try DatabaseQueue(path: path)
    try backup(to: copy)
    try copy.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    return copy
  }
}
