import Foundation
import GRDB

extension RunHistory {
  /// Adds a note to a run; a run may have many.
  public func note(_ run: Int64, _ text: String) throws(HistoryError) {
    try change(run, sql: "INSERT INTO notes (run_id, written, text) VALUES (?, ?, ?)", arguments: [run, Date(), text])
  }

  /// Adds a tag to a run; a tag that it has stays.
  public func tag(_ run: Int64, _ tag: String) throws(HistoryError) {
    try change(run, sql: "INSERT OR IGNORE INTO tags VALUES (?, ?)", arguments: [run, tag])
  }

  /// Takes a tag off a run.
  ///
  /// - Returns: whether the run had it.
  @discardableResult
  public func untag(_ run: Int64, _ tag: String) throws(HistoryError) -> Bool {
    try change(run, sql: "DELETE FROM tags WHERE run_id = ? AND tag = ?", arguments: [run, tag]) > 0
  }

  /// Hides a run from lists and views. Nothing is deleted: `restore` brings it back.
  public func forget(_ run: Int64) throws(HistoryError) {
    try change(run, sql: "UPDATE runs SET forgotten = ? WHERE id = ?", arguments: [Date(), run])
  }

  public func restore(_ run: Int64) throws(HistoryError) {
    try change(run, sql: "UPDATE runs SET forgotten = NULL WHERE id = ?", arguments: [run])
  }

  /// Records a file that a run made (`checkpoint`, `plot`, `report`), at a step, with the hash of its content.
  public func addArtifact(_ run: Int64, kind: String, path: String, hash: String? = nil, step: Int? = nil) throws(HistoryError) {
    try change(
      run, sql: "INSERT INTO artifacts (run_id, kind, path, hash, step, written) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [run, kind, path, hash, step, Date()])
  }

  /// Forgets a file that is no longer there.
  public func removeArtifact(_ run: Int64, path: String) throws(HistoryError) {
    try change(run, sql: "DELETE FROM artifacts WHERE run_id = ? AND path = ?", arguments: [run, path])
  }

  /// - Returns: how many rows are others now.
  @discardableResult
  private func change(_ run: Int64, sql: String, arguments: StatementArguments) throws(HistoryError) -> Int {
    try write { db in
      let isThere = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE id = ?)", arguments: [run])
      guard isThere == true else { throw HistoryError.noSuchRun(run) }
      try db.execute(sql: sql, arguments: arguments)
      return db.changesCount
    }
  }
}
