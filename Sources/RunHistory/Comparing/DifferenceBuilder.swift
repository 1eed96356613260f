import GRDB
import Tables

/// Reads what differs between two runs, section by section.
struct DifferenceBuilder {
  let left: Int64
  let right: Int64
  let db: Database

  func sections() throws -> [RunReport.Section] {
    try [
      table("run", ["", run(left), run(right)], RunFacts.outcomes.differing(among: [left, right], in: db)),
      table("settings", ["setting", run(left), run(right)], RunFacts.settings.differing(among: [left, right], in: db)),
      table("formulas", ["formula", run(left), run(right)], formulas()),
      table("loss, part by part", [run(left), run(right)], lossParts()),
      table("series", ["metric", "parts at step", run(left), run(right), "last of \(left)", "last of \(right)"], series())
    ].compactMap { $0 }
  }

  private func run(_ id: Int64) -> String { "run \(id)" }

  private func table(_ title: String, _ columns: [String], _ rows: [[ResultTable.Cell]]) -> RunReport.Section? {
    rows.isEmpty ? nil : RunReport.Section(title: title, content: .table(ResultTable(columns: columns, rows: rows)))
  }

  // MARK: Formulas

  private func formulas() throws -> [[ResultTable.Cell]] {
    try RecordedFormula.differing(among: [left, right], in: db).map { name, texts in [.text(name)] + texts.map(cell) }
  }

  /// Where the losses differ, as trees in which the user's own names are replaced by what they mean.
  private func lossParts() throws -> [[ResultTable.Cell]] {
    guard let one = try RecordedFormula.all(of: left, in: db)["loss"], let other = try RecordedFormula.all(of: right, in: db)["loss"] else {
      return []
    }
    return one.parts(against: other).map { $0.map(cell) }
  }

  private func cell(_ text: String?) -> ResultTable.Cell { text.map { .text($0) } ?? .missing }

  // MARK: Series

  private func series() throws -> [[ResultTable.Cell]] {
    try SeriesDivergence.all(left, right, in: db).map { divergence in
      let values = Self.distinguished(divergence.left, divergence.right)
      let last = try [left, right].map { try lastValue(of: $0, divergence.metric) }
      return [.text(divergence.metric), .integer(Int64(divergence.step))] + values + last
    }
  }

  private func lastValue(of run: Int64, _ metric: String) throws -> ResultTable.Cell {
    let row = try Row.fetchOne(
      db,
      sql: "SELECT last_value FROM summaries WHERE run_id = ? AND metric_id = (SELECT id FROM metrics WHERE name = ?)",
      arguments: [run, metric])
    return try row.map { .number(try $0.value(0) ?? Double.nan) } ?? .missing
  }

  /// Numbers that look the same when rounded are shown with all their digits.
  private static func distinguished(_ left: Double?, _ right: Double?) -> [ResultTable.Cell] {
    if let left, let right, NumberText.display(left) == NumberText.display(right) { return [.text("\(left)"), .text("\(right)")] }
    return [left, right].map { $0.map { .number($0) } ?? .missing }
  }
}
