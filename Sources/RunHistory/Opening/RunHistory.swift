import Foundation
import GRDB
import Synchronization

/// The record of all runs, in one SQLite file (see `SCHEMA.md`) that several processes may use at once.
///
/// Any thread may call any method. Recording is buffered: `record` returns at once, and what it was given reaches the file
/// within half a second.
public final class RunHistory: Sendable {
  public let location: HistoryLocation
  /// The copy of the file as an older Siam had left it, where this opening has migrated it.
  public let keptCopy: String?
  /// Writing can then no longer do any good. Always false in memory.
  public var isGone: Bool { recorder.isFileGone }
  /// The file, or its folder, may not be written: what it held when it was opened is read, and nothing is recorded.
  public let isReadOnly: Bool
  let database: DatabaseQueue
  let recorder: Recorder
  /// The connection that `sql` uses, opened when first asked for.
  let reader = Mutex<DatabaseQueue?>(nil)

  /// Opens the history, makes it where there is none, and marks the runs whose process is gone as `dead`.
  ///
  /// - parameters:
  ///   - lockTimeout: how long to wait for another process's transaction, in seconds.
  ///   - mayWrite: false reads a file as one that may not be written, as it is not by an administrator's tests.
  public init(at location: HistoryLocation, lockTimeout: Double = 10, mayWrite: Bool = true) throws(HistoryError) {
    self.location = location
    let file = HistoryFile(location, lockTimeout: lockTimeout)
    do {
      if mayWrite, let (database, copy) = try file.openUnlessReadOnly() {
        (self.database, keptCopy, isReadOnly) = (database, copy, false)
      } else {
        (database, keptCopy, isReadOnly) = (try file.contents(), nil, true)
      }
    } catch {
      throw HistoryError(error, at: location)
    }
    recorder = Recorder(database, location: isReadOnly ? .memory : location)
    try markDeadRuns()
  }

  /// Writes what is still buffered.
  public func flush() throws(HistoryError) { try recorder.flush() }

  /// How many runs there are, forgotten ones not counted.
  public func runCount() throws(HistoryError) -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM runs WHERE forgotten IS NULL") ?? 0 }
  }

  /// Reads in one transaction, after writing what is buffered, so that a query sees the run that is still going on. Where the
  /// buffer cannot be written, what is in the file is read: the failure is reported by the recorder, once.
  func read<Value>(_ body: (Database) throws -> Value) throws(HistoryError) -> Value {
    try? recorder.flush()
    do {
      return try database.read(body)
    } catch {
      throw HistoryError(error, at: location)
    }
  }

  /// Writes in one immediate transaction: the lock is taken first, so that two writers wait for one another and never deadlock.
  func write<Value>(_ body: (Database) throws -> Value) throws(HistoryError) -> Value {
    if isReadOnly { throw .readOnly(location.description) }
    if isGone { throw .gone(location.description) }
    do {
      return try database.writeImmediately(body)
    } catch {
      throw HistoryError(error, at: location)
    }
  }
}

extension DatabaseQueue {
  func writeImmediately<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try writeWithoutTransaction { db in
      var value: Value?
      try db.inTransaction(.immediate) {
        value = try body(db)
        return .commit
      }
      guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
      return value
    }
  }
}
