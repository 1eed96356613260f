import GRDB

extension RunHistory {
  /// What `purge` did.
  public struct Purge: Sendable {
    public var purged: [Int64] = []
    /// Forgotten runs that stay, and why: a run that is not forgotten goes on from them, or they are still running.
    public var kept: [(run: Int64, reason: Reason)] = []
    /// The checkpoints that were recorded of what is gone.
    public var checkpoints: [String] = []

    public enum Reason: Hashable, Sendable { case running, continuedBy(Int64) }
  }

  /// Deletes forgotten runs for good: one, or all of them. What a kept run goes on from stays, as that could not be made again without it.
  ///
  /// - throws: `HistoryError.notForgotten` for a run that is in use.
  public func purge(_ run: Int64? = nil) throws(HistoryError) -> Purge {
    try flush()
    let purge = try write { db in
      var purge = Purge()
      if let run {
        let row = try Row.fetchOne(db, sql: "SELECT forgotten IS NOT NULL FROM runs WHERE id = ?", arguments: [run])
        guard let row else { throw HistoryError.noSuchRun(run) }
        guard try row.value(0) == true else { throw HistoryError.notForgotten(run) }
      }
      var candidates = try Int64.fetchAll(
        db, sql: "SELECT id FROM runs WHERE forgotten IS NOT NULL AND (? IS NULL OR id = ?) ORDER BY id", arguments: [run, run])
      // What stays may keep what it goes on from, and so on.
      while let kept = try Self.lastKept(of: candidates, db) {
        purge.kept.insert(kept, at: 0)
        candidates.removeAll { $0 == kept.run }
      }
      for run in candidates {
        purge.checkpoints += try String.fetchAll(
          db, sql: "SELECT path FROM artifacts WHERE run_id = ? AND kind = 'checkpoint' ORDER BY id", arguments: [run])
        try db.execute(sql: "DELETE FROM runs WHERE id = ?", arguments: [run])
      }
      try db.execute(sql: "DELETE FROM trees WHERE id NOT IN (SELECT tree_id FROM formula_trees)")
      purge.purged = candidates
      return purge
    }
    giveSpaceBack()
    return purge
  }

  private static func lastKept(of candidates: [Int64], _ db: Database) throws -> (run: Int64, reason: Purge.Reason)? {
    for run in candidates.reversed() {
      if let reason = try reason(toKeep: run, unless: candidates, db) { return (run, reason) }
    }
    return nil
  }

  private static func reason(toKeep run: Int64, unless others: [Int64], _ db: Database) throws -> Purge.Reason? {
    if try Bool.fetchOne(db, sql: "SELECT state = 'running' FROM runs WHERE id = ?", arguments: [run]) == true { return .running }
    let later = try Int64.fetchAll(db, sql: "SELECT id FROM runs WHERE continues = ? ORDER BY id", arguments: [run])
    return later.first { !others.contains($0) }.map { .continuedBy($0) }
  }

  /// Where much of the file is empty, it is written anew. A full disk or another program's lock only leaves it as large as it was.
  private func giveSpaceBack() {
    try? database.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
      guard free * 4 > pages else { return }
      try db.execute(sql: "VACUUM")
      _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }
}
