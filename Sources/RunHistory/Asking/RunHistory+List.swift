import GRDB
import SourceText
import Syntax
import Tables

extension RunHistory {
  /// Answers a `history` statement that lists runs: newest first unless sorted, the newest 20 unless it has a `where` or a
  /// `limit`. Without `columns`: id, name, state, verdict, loss (as typed), top1, std, mr (last values), steps, when (started,
  /// local time).
  ///
  /// - throws: a diagnostic at the word that is wrong, or one without a place when the file cannot be read.
  public func list(_ statement: HistoryStatement) throws(Diagnostic) -> ResultTable {
    try answer(statement) { list, db in try list.rows(db) }
  }

  /// The numbers of the runs that a predicate selects, or of all that are not forgotten, ascending.
  ///
  /// - throws: a diagnostic at the word of the predicate that is wrong.
  public func runs(selectedBy filter: Expression?) throws(Diagnostic) -> [Int64] {
    var statement = HistoryStatement()
    statement.filter = filter
    return try answer(statement) { list, db in try list.numbers(db) }
  }

  private func answer<Value>(
    _ statement: HistoryStatement, _ ask: (RunList, Database) throws -> Value
  ) throws(Diagnostic) -> Value {
    try answer { db throws(Diagnostic) in
      let names: NameCatalog
      do { names = try NameCatalog(db) } catch { throw HistoryError(error, at: location).diagnostic() }
      let list = try RunList(statement, names: names)
      do {
        return try ask(list, db)
      } catch {
        throw failure(error, of: statement)
      }
    }
  }

  /// SQLite has bounds of its own on how deep a condition nests; they are no fault of the file.
  private func failure(_ error: any Error, of statement: HistoryStatement) -> Diagnostic {
    guard let error = error as? DatabaseError, error.resultCode == .SQLITE_ERROR || error.resultCode == .SQLITE_TOOBIG else {
      return HistoryError(error, at: location).diagnostic()
    }
    return Diagnostic(
      "the query is too long for SQLite: \(error.message ?? "\(error.resultCode)")", at: statement.filter?.span,
      hint: "nest fewer parentheses, or ask `sql`")
  }

  /// Reads in one transaction, with the stage's own errors.
  func answer<Value>(_ body: (Database) throws(Diagnostic) -> Value) throws(Diagnostic) -> Value {
    let result: Result<Value, Diagnostic>
    do throws(HistoryError) {
      result = try read { db in
        do throws(Diagnostic) { return .success(try body(db)) } catch { return .failure(error) }
      }
    } catch {
      throw error.diagnostic()
    }
    return try result.get()
  }
}
