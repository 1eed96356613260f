import GRDB
import Tables

extension RunHistory {
  /// The runs of one live model, and those that repeat them: from the first that a run goes back to, all that continue or rerun it, each behind that
  /// one. Forgotten runs are among them, as what was built on them is.
  ///
  /// - Parameter isIndented: the run's number is set in by its depth.
  public func lineage(of run: Int64, isIndented: Bool) throws(HistoryError) -> ResultTable {
    try read { db in
      guard var first = try Self.member(run, db) else { throw HistoryError.noSuchRun(run) }
      // A file that others can write may hold a circle.
      var seen: Set<Int64> = [run]
      while let earlier = first.parent, seen.insert(earlier).inserted, let found = try Self.member(earlier, db) { first = found }
      var table = ResultTable(columns: ["run", "continues", "rerun_of", "name", "state", "verdict", "steps"])
      var waiting = [(first, depth: 0)]
      seen = []
      while let (member, depth) = waiting.popLast() {
        guard seen.insert(member.id).inserted else { continue }
        let shown = isIndented ? String(repeating: "  ", count: min(depth, Self.deepestIndent)) + "\(member.id)" : nil
        table.rows.append([shown.map { .text($0) } ?? .integer(member.id)] + member.cells)
        let later = try Int64.fetchAll(
          db, sql: "SELECT id FROM runs WHERE continues = ?1 OR continues IS NULL AND rerun_of = ?1 ORDER BY id DESC", arguments: [member.id])
        for id in later { if let next = try Self.member(id, db) { waiting.append((next, depth + 1)) } }
      }
      return table
    }
  }

  /// A long chain would push everything off the screen.
  private static let deepestIndent = 12

  private struct Member {
    let id: Int64
    let continues: Int64?
    let rerunOf: Int64?
    /// What it stands behind.
    var parent: Int64? { continues ?? rerunOf }
    /// All but the number.
    let cells: [ResultTable.Cell]
  }

  private static func member(_ run: Int64, _ db: Database) throws -> Member? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT r.id, r.continues, r.rerun_of, r.name, r.state || iif(r.forgotten IS NULL, '', ', forgotten'), v.word, r.steps
        FROM runs r LEFT JOIN verdicts v ON v.run_id = r.id WHERE r.id = ?
        """,
      arguments: [run])
    return try row.map {
      Member(
        id: try $0.value(0), continues: try $0.value(1), rerunOf: try $0.value(2), cells: $0.databaseValues.dropFirst().map(ResultTable.Cell.init))
    }
  }
}
