import Foundation
import GRDB

/// A history that is only read, and whose content nobody vouches for: its tables are tables, and what they hold is taken as what it should be.
final class ForeignHistory {
  struct Run {
    let id: Int64
    let uuid: String
    let isRunning: Bool
  }

  private let queue: DatabaseQueue
  /// Holds the copy of an older version, which goes with this.
  private var copy: String?

  /// - throws: `HistoryError` for what is no history, or of a newer Siam.
  init(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw HistoryError.missing(path) }
    try DatabaseFile.requireFile(status, at: path)
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "siam.history.foreign"
    configuration.busyMode = .timeout(10)
    let found = try DatabaseQueue(path: path, configuration: configuration)
    let (application, version) = try found.read(Schema.header)
    guard application == Schema.applicationID, version > 0 else { throw HistoryError.notAHistory(path) }
    try Schema.checkVersion(version, of: path)
    guard version < Schema.version else {
      queue = found
      try queue.read(Schema.checkTables)
      return
    }
    let copy = FileManager.default.temporaryDirectory.appendingPathComponent("siam-import-\(UUID().uuidString).sqlite").path
    self.copy = copy
    queue = try DatabaseQueue(path: copy)
    try found.backup(to: queue)
    try Schema.migrate(queue) { _ in }
    try queue.read(Schema.checkTables)
  }

  deinit {
    guard let copy else { return }
    try? queue.close()
    DatabaseFile.remove(copy)
  }

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try queue.read(body) }

  /// In the order of their numbers, so that a run mostly comes behind the one that it goes on from.
  func runs(_ db: Database) throws -> [Run] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, CAST(uuid AS TEXT) AS uuid, host, process, process_identity, heartbeat, state FROM runs ORDER BY id")
    return rows.compactMap { row in
      guard let id = Int64.fromDatabaseValue(row[0]), let uuid = String.fromDatabaseValue(row[1]) else { return nil }
      let isRunning = String.fromDatabaseValue(row["state"]) == RunState.running.rawValue
      return Run(id: id, uuid: uuid, isRunning: isRunning && !RunHistory.isDead(row))
    }
  }
}
