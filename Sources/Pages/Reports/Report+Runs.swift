import RunHistory
import SourceText
import Tables

extension RunReport {
  private func section(_ title: String) -> Section? { sections.first { $0.title == title } }

  /// What stands beside a name in one of the sections.
  func value(_ name: String, of title: String) -> ResultTable.Cell? {
    guard case .pairs(let table)? = section(title)?.content else { return nil }
    return table.rows.first { $0.first == .text(name) }?.last
  }

  /// The last value of a metric.
  func last(_ metric: String) -> ResultTable.Cell? {
    guard case .table(let table)? = section("metrics")?.content, let column = table.columns.firstIndex(of: "last") else { return nil }
    return table.rows.first { $0.first == .text(metric) }.flatMap { column < $0.count ? $0[column] : nil }
  }

  var settings: [[ResultTable.Cell]] {
    guard case .pairs(let table)? = section("settings")?.content else { return [] }
    return table.rows
  }

  var name: String? { if case .text(let name)? = value("name", of: "run") { name } else { nil } }
  var verdict: String? { if case .text(let word)? = value("verdict", of: "verdict") { word } else { nil } }
  var state: String? { if case .text(let state)? = value("state", of: "run") { state } else { nil } }

  /// `run 41 · naive · collapse: full`
  var summary: String {
    (["run \(run)"] + [name.map(DisplayText.visible), verdict.map { $0 == "diverged" ? $0 : "collapse: \($0)" } ?? state].compactMap { $0 }).joined(
      separator: " · ")
  }
}

extension Report {
  /// Of the cell that made a run, in this file: a run's own record may name a line of a file that was included.
  func line(ofRun run: Int64) -> Int? {
    for case .cell(let cell) in parts where cell.runs.contains(run) { return file.line(at: cell.range.lowerBound) }
    return nil
  }

  /// A row a run.
  var runTable: ResultTable {
    let metrics = ["loss", "std", "mr", "top1"].filter { metric in runs.contains { $0.last(metric) != nil } }
    var table = ResultTable(columns: ["run", "name", "verdict", "state", "steps"] + metrics + ["seconds", "line"])
    for run in runs {
      table.rows.append(
        [
          .integer(run.run), run.value("name", of: "run"), run.value("verdict", of: "verdict"), run.value("state", of: "run"),
          run.value("steps", of: "run")
        ]
        .map { $0 ?? .missing } + metrics.map { run.last($0) ?? .missing }
          + [run.value("seconds", of: "run") ?? .missing, line(ofRun: run.run).map { .integer(Int64($0)) } ?? .missing])
    }
    return table
  }

  /// The settings that all runs have in common, and those that differ, a row a run.
  var settings: (common: ResultTable, differing: ResultTable?) {
    var names: [ResultTable.Cell] = []
    for name in runs.flatMap({ $0.settings.compactMap(\.first) }) where !names.contains(name) { names.append(name) }
    let values = runs.map { run in
      Dictionary(run.settings.compactMap { $0.count > 1 ? ($0[0], $0[1]) : nil }, uniquingKeysWith: { first, _ in first })
    }
    let isCommon = names.map { name in Set(values.map { $0[name] }).count == 1 }
    let common = zip(names, isCommon).filter(\.1).map { name, _ in [name, values[0][name] ?? .missing] }
    let differing = zip(names, isCommon).filter { !$1 }.map(\.0)
    let columns = differing.map { if case .text(let text) = $0 { text } else { "" } }
    let rows = zip(runs, values).map { run, values in [.integer(run.run), .text(run.name ?? "")] + differing.map { values[$0] ?? .missing } }
    return (
      ResultTable(columns: ["name", "value"], rows: common),
      differing.isEmpty ? nil : ResultTable(columns: ["run", "name"] + columns, rows: rows)
    )
  }
}

extension [Report.Fact] {
  var table: ResultTable { ResultTable(columns: ["name", "value"], rows: map { [.text($0.name), .text($0.value)] }) }
}
