import GRDB

extension Recorder.Ending {
  func write(to db: Database) throws {
    try db.execute(
      sql: "UPDATE runs SET state = ?, ended = ?, heartbeat = ?, steps = coalesce(?, steps) WHERE id = ?",
      arguments: [state.rawValue, ended, ended, steps, run])
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
