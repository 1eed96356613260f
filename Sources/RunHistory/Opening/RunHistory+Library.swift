import GRDBSQLite

extension RunHistory {
  /// The version of SQLite that keeps the history.
  public static let libraryVersion = String(cString: sqlite3_libversion())
}
