import Foundation
import GRDB

extension RunHistory {
  /// What an import did.
  public struct Merge: Sendable {
    /// Their numbers here.
    public var imported: [Int64] = []
    /// Runs that were here already, by their UUID.
    public var presentCount = 0
    /// Runs that some process is still writing: they can be imported when they have ended.
    public var runningCount = 0
    public var isInterrupted = false
  }

  /// Adds the runs of another history that are not here, each whole or not at all; the other file is only read.
  ///
  /// A history of an older version is read through a copy that is brought up to date.
  ///
  /// - parameter shouldStop: asked between runs.
  public func merge(_ path: String, shouldStop: () -> Bool = { false }) throws(HistoryError) -> Merge {
    do {
      let other = try ForeignHistory(path)
      if FileIdentity(of: .file(path)) == FileIdentity(of: location) { throw HistoryError.itself(path) }
      var merge = Merge()
      try other.read { source in
        var numbers: [Int64: Int64] = [:]
        for run in try other.runs(source) {
          if shouldStop() {
            merge.isInterrupted = true
            break
          }
          if run.isRunning {
            merge.runningCount += 1
          } else if let number = try self.insert(run, from: source, numbers: &numbers) {
            merge.imported.append(number)
          } else {
            merge.presentCount += 1
          }
        }
        try self.link(merge.imported, numbers, from: source)
      }
      return merge
    } catch {
      // SQLite's own errors about the other file say so; those of this one are `HistoryError` already.
      throw HistoryError(error, at: .file(path))
    }
  }

  /// - returns: its number here; nil where it is here already.
  private func insert(_ run: ForeignHistory.Run, from source: Database, numbers: inout [Int64: Int64]) throws -> Int64? {
    let (number, isNew) = try write { db -> (Int64, Bool) in
      if let present = try Int64.fetchOne(db, sql: "SELECT id FROM runs WHERE uuid = ?", arguments: [run.uuid]) { return (present, false) }
      return (try RunTransfer(run: run.id, source: source, destination: db).insert(), true)
    }
    numbers[run.id] = number
    return isNew ? number : nil
  }

  /// What the imported runs go on from and repeat, now that all have their numbers here.
  private func link(_ imported: [Int64], _ numbers: [Int64: Int64], from source: Database) throws {
    let new = Set(imported)
    for (theirs, ours) in numbers where new.contains(ours) {
      guard let row = try Row.fetchOne(source, sql: "SELECT continues, rerun_of FROM runs WHERE id = ?", arguments: [theirs]) else { continue }
      func here(_ value: DatabaseValue) -> Int64? { Int64.fromDatabaseValue(value).flatMap { numbers[$0] } }
      let (continues, original) = (here(row[0]), here(row[1]))
      guard continues != nil || original != nil else { continue }
      try write { db in
        try db.execute(sql: "UPDATE runs SET continues = ?, rerun_of = ? WHERE id = ?", arguments: [continues, original, ours])
      }
    }
  }
}
