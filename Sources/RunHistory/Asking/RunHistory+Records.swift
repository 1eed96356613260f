import GRDB

extension RunHistory {
  /// A run's record, forgotten or not; a run whose process has gone since the history was opened is `dead` in it.
  public func record(of run: Int64) throws(HistoryError) -> RunRecord {
    try markDeadRuns()
    return try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT r.uuid, r.name, r.state, r.steps, r.continues, e.dataset, e.dataset_hash, e.threads, e.openblas_kernel
          FROM runs r LEFT JOIN environments e ON e.run_id = r.id WHERE r.id = ?
          """,
        arguments: [run])
      guard let row else { throw HistoryError.noSuchRun(run) }
      return RunRecord(
        id: run, uuid: try row.value("uuid"), name: try row.value("name"), state: RunState(rawValue: try row.value("state")) ?? .failed,
        steps: try row.value("steps"), continues: try row.value("continues"),
        statements: try String.fetchAll(db, sql: "SELECT text FROM statements WHERE run_id = ? ORDER BY position", arguments: [run]),
        settings: try Self.settings(of: run, db), dataset: try row.value("dataset"), datasetHash: try row.value("dataset_hash"),
        threads: try row.value("threads"),
        openBLASKernel: try row.value("openblas_kernel"), checkpoint: try Self.checkpoint(of: run, db))
    }
  }

  /// The run of a UUID; nil where this history has none.
  public func run(uuid: String) throws(HistoryError) -> Int64? {
    try read { db in try Int64.fetchOne(db, sql: "SELECT id FROM runs WHERE uuid = ?", arguments: [uuid]) }
  }

  private static func settings(of run: Int64, _ db: Database) throws -> [String: SettingValue] {
    var settings: [String: SettingValue] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT name, number, text, flag FROM settings WHERE run_id = ?", arguments: [run]) {
      if let number: Double = try row.value("number") {
        settings[try row.value("name")] = .number(number)
      } else if let text: String = try row.value("text") {
        settings[try row.value("name")] = .text(text)
      } else if let flag: Bool = try row.value("flag") {
        settings[try row.value("name")] = .flag(flag)
      }
    }
    return settings
  }

  private static func checkpoint(of run: Int64, _ db: Database) throws -> RunRecord.Artifact? {
    let row = try Row.fetchOne(
      db, sql: "SELECT path, hash, step FROM artifacts WHERE run_id = ? AND kind = 'checkpoint' ORDER BY step DESC, id DESC LIMIT 1",
      arguments: [run])
    return try row.map { RunRecord.Artifact(path: try $0.value("path"), hash: try $0.value("hash"), step: try $0.value("step")) }
  }
}
