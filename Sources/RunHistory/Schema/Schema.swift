import GRDB

/// The file's schema: named migrations, each applied once and never changed afterwards; a later version appends its own.
enum Schema {
  /// `Siam` in ASCII, in SQLite's header, so that `file` and we know the file as ours.
  static let applicationID = 0x5369_616D
  /// In SQLite's header as `user_version`: the number of migrations.
  static var version: Int { migrations.count }

  private static let migrations: [(name: String, apply: @Sendable (Database) throws -> Void)] = [
    (
      "1 runs",
      { db in
        try db.execute(sql: firstTables)
        try db.execute(sql: firstViews)
      }
    ),
    ("2 reruns", { db in try db.execute(sql: reruns) })
  ]

  /// What a file says that it is; 0 where it says nothing.
  static func header(of db: Database) throws -> (application: Int, version: Int) {
    (try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0, try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0)
  }

  /// - throws: `HistoryError.newer` for a version that this program does not know.
  static func checkVersion(_ version: Int, of path: String) throws {
    guard version <= Self.version else { throw HistoryError.newer(path, found: version, known: Self.version) }
  }

  /// A table that is missing, or one that is a view or a virtual table and so could make a query of anything, is no table of Siam's.
  ///
  /// - throws: what SQLite says of a damaged file.
  static func checkTables(_ db: Database) throws {
    let found = Set(
      try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"))
    for table in RunTransfer.tables + ["grdb_migrations"] where !found.contains(table) {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "it has no table `\(table)`")
    }
  }

  /// Thrown inside a migration when another process has just done it.
  private struct AppliedMeanwhile: Error {}

  /// Applies what is missing, each migration in one immediate transaction.
  ///
  /// Of several processes that do this at once, one applies it; the others, once they hold the lock, see that it is done and
  /// look again.
  ///
  /// - parameter keepCopy: called with the version of a file that has runs of an older one, under the lock, before anything changes.
  static func migrate(_ queue: DatabaseQueue, keepCopy: @escaping @Sendable (_ version: Int) throws -> Void) throws {
    while true {
      do {
        return try migrator(keepCopy).migrate(queue)
      } catch is AppliedMeanwhile {
        continue
      }
    }
  }

  private static func migrator(_ keepCopy: @escaping @Sendable (Int) throws -> Void) -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (index, migration) in migrations.enumerated() {
      // With `.immediate`, the whole migration is one transaction whose lock is taken at its start.
      migrator.registerMigration(migration.name, foreignKeyChecks: .immediate) { db in
        let isApplied = "SELECT EXISTS (SELECT 1 FROM grdb_migrations WHERE identifier = ?)"
        if try Bool.fetchOne(db, sql: isApplied, arguments: [migration.name]) == true { throw AppliedMeanwhile() }
        // A file that has no runs needs no copy: a new one, say, which goes through all versions.
        if index > 0, try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM runs)") == true { try keepCopy(index) }
        try migration.apply(db)
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(index + 1)")
      }
    }
    return migrator
  }
}
