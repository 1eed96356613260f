import GRDB
import GRDBSQLite

extension Database {
  /// Whether SQLite fell back to opening the file for reading alone, as it does for a file without write permission.
  var isFileReadOnly: Bool { sqlite3_db_readonly(sqliteConnection, "main") == 1 }
}
