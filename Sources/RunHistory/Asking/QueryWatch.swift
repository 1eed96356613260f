import GRDB
import GRDBSQLite

/// Ends a running query when it is asked to.
final class QueryWatch {
  /// Instructions of SQLite's machine between two questions: about a millisecond.
  private static let interval: CInt = 50_000

  private let shouldStop: @Sendable () -> Bool

  init(_ shouldStop: @escaping @Sendable () -> Bool) { self.shouldStop = shouldStop }

  /// SQLite keeps the watch unretained: `end` must come before the watch goes.
  func begin(on db: Database) {
    sqlite3_progress_handler(
      db.sqliteConnection, Self.interval,
      { watch in
        guard let watch else { return 0 }
        return Unmanaged<QueryWatch>.fromOpaque(watch).takeUnretainedValue().shouldStop() ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  func end(on db: Database) { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) }
}
