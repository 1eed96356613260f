import Foundation
import GRDB

extension RunHistory {
  /// A run elsewhere (another host, a container) that gave no sign of life for so many seconds is taken for dead.
  private static let longestSilence = 300.0

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
    } catch .locked {}
  }

  private static func deadRuns(_ db: Database) throws -> [Int64] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, host, process, process_identity, heartbeat FROM runs WHERE state = 'running'")
    return rows.filter(isDead).map { $0[0] }
  }

  private static func isDead(_ row: Row) -> Bool {
    switch ProcessIdentity(host: row[1], number: row[2], identity: row[3]).life {
    case .alive: false
    case .gone: true
    case .unknown: (row[4] as Date?).map { Date().timeIntervalSince($0) > longestSilence } ?? true
    }
  }
}
