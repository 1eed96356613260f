import GRDB

extension Recorder.Ending {
  /// A clock that was set back does not make an end before the start.
  func write(to db: Database) throws {
    try db.execute(
      sql: "UPDATE runs SET state = ?, ended = max(?, started), heartbeat = max(?, started), steps = coalesce(?, steps) WHERE id = ?",
      arguments: [state.rawValue, ended, ended, steps, run])
    for (name, value) in settings { try value.write(to: db, named: name, of: run) }
    guard let verdict else { return }
    try db.execute(
      sql: "INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?)",
      arguments: [run, verdict.word, verdict.sentence, verdict.statistics, verdict.stillFalling])
    try db.execute(sql: "DELETE FROM verdict_evidence WHERE run_id = ?", arguments: [run])
    for (name, value) in verdict.evidence {
      try db.execute(sql: "INSERT OR REPLACE INTO verdict_evidence VALUES (?, ?, ?)", arguments: [run, name, value])
    }
  }
}
