import GRDB

extension HistoryError {
  /// What an error of SQLite means for the history at `location`.
  init(_ error: any Error, at location: HistoryLocation) {
    let path = location.description
    if error is RowDecodingError {
      self = .damaged(path, reason: "it holds a value that is not of its column's type")
      return
    }
    guard let error = error as? DatabaseError else {
      self = error as? HistoryError ?? .failed(path, reason: "\(error)")
      return
    }
    let reason = error.message ?? error.resultCode.description
    switch error.resultCode {
    case .SQLITE_NOTADB: self = .notSQLite(path)
    case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path)
    case .SQLITE_FULL: self = .diskFull(path)
    case .SQLITE_CORRUPT: self = .damaged(path, reason: reason)
    default: self = .failed(path, reason: reason)
    }
  }
}
