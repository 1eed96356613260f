import GRDB

/// Takes what can be read of a damaged history into a new one, row by row.
///
/// A table is read from both ends up to the page that cannot be read, so that one page costs what was on it.
struct HistorySalvage {
  private let source: Database
  private let copy: Database

  static func run(from source: DatabaseQueue, to copy: DatabaseQueue) throws {
    try source.inDatabase { source in
      try copy.writeWithoutTransaction { copy in
        // A row may refer to one that is lost.
        try copy.execute(sql: "PRAGMA foreign_keys = OFF")
        try copy.inTransaction {
          let salvage = HistorySalvage(source: source, copy: copy)
          for table in try salvage.tables() { try salvage.take(table) }
          return .commit
        }
        try copy.execute(sql: "PRAGMA foreign_keys = ON")
      }
    }
  }

  /// Those of the new history: what the damaged one says of itself may be part of the damage.
  private func tables() throws -> [String] {
    try String.fetchAll(
      copy, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations' ORDER BY rowid")
  }

  private func take(_ table: String) throws {
    let columns = try Row.fetchAll(copy, sql: "SELECT name, pk FROM pragma_table_info(?)", arguments: [table])
    let key = columns.filter { ($0["pk"] as Int) > 0 }.sorted { ($0["pk"] as Int) < ($1["pk"] as Int) }.map { $0["name"] as String }
    let names = columns.map { $0["name"] as String }
    let places = names.map { _ in "?" }.joined(separator: ", ")
    let insertion = try copy.makeStatement(sql: "INSERT OR IGNORE INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(places))")
    for direction in ["ASC", "DESC"] {
      let order = key.map { "\($0) \(direction)" }.joined(separator: ", ")
      if try takeRows("SELECT \(names.joined(separator: ", ")) FROM \(table) ORDER BY \(order)", into: insertion) { return }
    }
  }

  /// Whether it came to the end.
  private func takeRows(_ sql: String, into insertion: Statement) throws -> Bool {
    guard let rows = try? Row.fetchCursor(source, sql: sql) else { return false }
    while true {
      let row: Row?
      do { row = try rows.next() } catch { return false }
      guard let row else { return true }
      do {
        try insertion.execute(arguments: StatementArguments(Array(row.databaseValues)))
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT || error.resultCode == .SQLITE_MISMATCH {
        // Damaged, and no row that a history could have.
      }
    }
  }
}
