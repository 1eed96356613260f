import GRDB
import GRDBSQLite
import SourceText
import Tables

/// A statement of SQL from the user.
///
/// Three walls keep it from writing: the connection is opened for reading, an authorizer refuses everything but reading while
/// the statement is compiled, and only one statement is compiled. The authorizer also keeps it from other files (`ATTACH`) and
/// from loading code.
struct ReadOnlyQuery {
  private let text: String
  private let site: SourceSpan?
  private let rowLimit: Int
  private let shouldStop: @Sendable () -> Bool

  init(_ text: String, site: SourceSpan?, rowLimit: Int, shouldStop: @escaping @Sendable () -> Bool) {
    self.text = text
    self.site = site
    self.rowLimit = rowLimit
    self.shouldStop = shouldStop
  }

  func run(on db: Database) throws(Diagnostic) -> ResultTable {
    sqlite3_set_authorizer(db.sqliteConnection, authorizeReading, nil)
    let watch = QueryWatch(shouldStop)
    watch.begin(on: db)
    defer { watch.end(on: db) }
    do {
      let statement = try db.makeStatement(sql: text)
      return try rows(of: statement)
    } catch let error as DatabaseError {
      throw diagnostic(of: error, offset: Int(sqlite3_error_offset(db.sqliteConnection)))
    } catch let error as Diagnostic {
      throw error
    } catch {
      throw Diagnostic("the query failed: \(error)", at: site)
    }
  }

  private func rows(of statement: GRDB.Statement) throws -> ResultTable {
    guard statement.columnCount > 0 else { throw refused }
    var table = ResultTable(columns: statement.columnNames)
    let rows = try Row.fetchCursor(statement)
    while let row = try rows.next() {
      guard table.rows.count < rowLimit else {
        throw Diagnostic(
          "the query answers with more than \(rowLimit) rows", at: site, hint: "end it with `LIMIT \(rowLimit)` or less")
      }
      table.rows.append(row.databaseValues.map(ResultTable.Cell.init))
    }
    return table
  }

  private var refused: Diagnostic {
    Diagnostic(
      "`sql` only reads the history: this statement would do more, so it was not run", at: site,
      hint: "`note`, `tag`, `forget` and `restore` change the record of a run")
  }

  private func diagnostic(of error: DatabaseError, offset: Int) -> Diagnostic {
    // A function that the authorizer refuses is reported as an ordinary error.
    if error.message?.hasPrefix("not authorized") == true { return refused }
    switch error.resultCode {
    case .SQLITE_AUTH, .SQLITE_READONLY: return refused
    case .SQLITE_INTERRUPT: return Diagnostic("the query was interrupted", at: site)
    case .SQLITE_MISUSE: return Diagnostic("`sql` runs one statement at a time", at: site)
    default: return Diagnostic("SQLite: \(error.message ?? "\(error.resultCode)")", at: place(offset), hint: tables(error))
    }
  }

  /// The place in the user's line that SQLite complains of, where `site` is that text.
  private func place(_ offset: Int) -> SourceSpan? {
    guard let site, offset >= 0, offset < text.utf8.count, site.text == text else { return site }
    let rest = text.utf8.dropFirst(offset)
    let word = rest.prefix {
      $0 == UInt8(ascii: "_") || $0 > 127 || Character(UnicodeScalar($0)).isLetter || Character(UnicodeScalar($0)).isNumber
    }
    let start = site.range.lowerBound + offset
    return SourceSpan(site.file, start..<start + max(1, word.count))
  }

  private func tables(_ error: DatabaseError) -> String? {
    error.message?.hasPrefix("no such table") == true
      ? "`sql SELECT name FROM sqlite_schema WHERE type = 'view'` lists what there is" : nil
  }
}

/// Allows what reads this database: SELECT, recursion, functions, and the pragmas that describe the schema.
private func authorizeReading(
  _ context: UnsafeMutableRawPointer?, _ action: CInt, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?,
  _ database: UnsafePointer<CChar>?, _ trigger: UnsafePointer<CChar>?
) -> CInt {
  func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0).lowercased() } ?? "" }
  switch action {
  case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
  case SQLITE_FUNCTION: return text(second) == "load_extension" ? SQLITE_DENY : SQLITE_OK
  case SQLITE_PRAGMA: return readingPragmas.contains(text(first)) ? SQLITE_OK : SQLITE_DENY
  default: return SQLITE_DENY
  }
}

private let readingPragmas: Set<String> = [
  "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list", "compile_options",
  "function_list", "integrity_check", "quick_check"
]
