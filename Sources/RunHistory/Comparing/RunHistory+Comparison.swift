import GRDB
import SourceText
import Tables

extension RunHistory {
  /// Runs side by side, a column for each: what came out, the settings and formulas that are not the same in all, and the last value of every metric.
  public func comparison(of runs: [Int64]) throws(HistoryError) -> [RunReport.Section] {
    try read { db in
      let titles = runs.map { "run \($0)" }
      func section(_ title: String, _ first: String, _ rows: [[ResultTable.Cell]]) -> RunReport.Section? {
        rows.isEmpty ? nil : RunReport.Section(title: title, content: .table(ResultTable(columns: [first] + titles, rows: rows)))
      }
      let formulas = try RecordedFormula.differing(among: runs, in: db)
      return [
        section("run", "", try Self.names(of: runs, in: db) + RunFacts.outcomes.differing(among: runs, in: db)),
        section("settings", "setting", try RunFacts.settings.differing(among: runs, in: db)),
        section("formulas", "formula", formulas.map { name, texts in [.text(name)] + texts.map { $0.map { .text($0) } ?? .missing } }),
        section("last values", "metric", try RunFacts.lastValues.all(of: runs, in: db))
      ].compactMap { $0 }
    }
  }

  private static func names(of runs: [Int64], in db: Database) throws -> [[ResultTable.Cell]] {
    let names = try runs.map { run -> ResultTable.Cell in
      let row = try Row.fetchOne(db, sql: "SELECT name FROM runs WHERE id = ?", arguments: [run])
      guard let row else { throw HistoryError.noSuchRun(run) }
      return ResultTable.Cell(row[0])
    }
    return names.allSatisfy { $0 == .missing } ? [] : [[.text("name")] + names]
  }
}
