import GRDB
import SourceText
import Tables

extension RunHistory {
  /// Everything about a run, a forgotten one too.
  ///
  /// - parameter site: where the run's number stands, for the caret when there is no such run.
  public func report(run: Int64, at site: SourceSpan? = nil) throws(Diagnostic) -> RunReport {
    do throws(HistoryError) {
      return try read { db in
        let isThere = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE id = ?)", arguments: [run])
        guard isThere == true else { throw HistoryError.noSuchRun(run) }
        return try ReportBuilder(run: run, db: db).report()
      }
    } catch {
      throw error.diagnostic(at: site)
    }
  }
}
