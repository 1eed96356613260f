import Foundation
import GRDB

extension RunHistory {
  /// A run elsewhere (another host, a container) that gave no sign of life for so many seconds is taken for dead.
  private static let longestSilence = 300.0
  /// How far its clock may be ahead of this one's, in seconds: a sign of life from later than that is none, or it would keep the run alive for ever.
  private static let longestLead = 86_400.0

  /// Marks the runs that are still `running` and whose process is gone as `dead`, ended when they last gave a sign of life.
  ///
  /// Where another process holds the file, this waits for the next opening.
  func markDeadRuns() throws(HistoryError) {
    let dead = try read { try Self.deadRuns($0) }
    guard !dead.isEmpty else { return }
    do {
      try write { db in
        for run in dead {
          try db.execute(
            sql: "UPDATE runs SET state = 'dead', ended = heartbeat WHERE id = ? AND state = 'running'", arguments: [run])
        }
      }
    } catch .locked {} catch .readOnly where isReadOnly {}
  }

  private static func deadRuns(_ db: Database) throws -> [Int64] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, host, process, process_identity, heartbeat FROM runs WHERE state = 'running'")
    return try rows.filter(isDead).map { try $0.value(0) }
  }

  static func isDead(_ row: Row) -> Bool {
    switch identity(row)?.life ?? .gone {
    case .alive: false
    case .gone: true
    case .unknown:
      Date.fromDatabaseValue(row["heartbeat"]).map { !(-longestLead...longestSilence).contains(Date().timeIntervalSince($0)) } ?? true
    }
  }

  private static func identity(_ row: Row) -> ProcessIdentity? {
    guard let host = String.fromDatabaseValue(row["host"]), let number = Int32.fromDatabaseValue(row["process"]),
      let identity = String.fromDatabaseValue(row["process_identity"])
    else { return nil }
    return ProcessIdentity(host: host, number: number, identity: identity)
  }
}
