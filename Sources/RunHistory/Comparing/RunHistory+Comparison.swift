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
      return [
        section("run", "", try Self.names(of: runs, in: db) + RunFacts.outcomes.differing(among: runs, in: db)),
        section("settings", "setting", try RunFacts.settings.differing(among: runs, in: db)),
        section("formulas", "formula", try Self.differingFormulas(of: runs, in: db)),
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

  /// As they were typed; as they were understood, where all were typed the same. The loss comes first.
  private static func differingFormulas(of runs: [Int64], in db: Database) throws -> [[ResultTable.Cell]] {
    let records = try runs.map { try RecordedFormula.all(of: $0, in: db) }
    let names = Set(records.flatMap(\.keys)).sorted { ($0 == "loss" ? 0 : 1, $0) < ($1 == "loss" ? 0 : 1, $1) }
    return names.compactMap { name in
      let formulas = records.map { $0[name] }
      let isSame = formulas.allSatisfy { formula in
        if let formula, let first = formulas[0] { formula.means(first) } else { false }
      }
      if isSame { return nil }
      let isTypedAlike = Set(formulas.map { $0?.typed }).count == 1
      return [.text(name)]
        + formulas.map { formula in (isTypedAlike ? formula?.expanded : formula?.typed).map { .text($0) } ?? .missing }
    }
  }
}
