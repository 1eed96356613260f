import RunHistory
import Tables
import Testing

/// What `compare` answers, and what `export` writes.
@Suite struct ComparisonTests {
  let place: TemporaryHistory
  let history: RunHistory

  init() throws {
    place = try TemporaryHistory()
    history = try place.open()
    try history.add("a", settings: [("lr", .number(0.5)), ("batch", .number(64))], loss: "-Za . sg(Zb)", series: ["mr": [1, 2]], verdict: "no")
    try history.add("b", settings: [("lr", .number(0.25)), ("batch", .number(64))], loss: "sg(Zb) . -Za", series: ["mr": [1, .nan]], verdict: "no")
    try history.add(
      "c", settings: [("lr", .number(0.5)), ("batch", .number(64)), ("views", .number(4))], loss: "Za . Zb", series: ["mo": [0.1]], state: .diverged)
  }

  private func rows(_ runs: [Int64], _ title: String) throws -> [[String]] {
    let section = try #require(try history.comparison(of: runs).first { $0.title == title })
    guard case .table(let table) = section.content else { return [] }
    return [table.columns] + table.rows.map { $0.map(\.text) }
  }

  @Test func runsSideBySide() throws {
    #expect(
      try rows([3, 1, 2], "run") == [
        ["", "run 3", "run 1", "run 2"], ["name", "c", "a", "b"], ["state", "diverged", "finished", "finished"], ["verdict", "-", "no", "no"],
        ["steps", "1", "2", "2"]
      ])
    #expect(try rows([1, 2, 3], "settings") == [["setting", "run 1", "run 2", "run 3"], ["lr", "0.5", "0.25", "0.5"], ["views", "-", "-", "4.0"]])
    #expect(try rows([1, 2, 3], "last values") == [["metric", "run 1", "run 2", "run 3"], ["mo", "-", "-", "0.1"], ["mr", "2.0", "nan", "-"]])
  }

  @Test func formulasThatMeanTheSameAreNone() throws {
    #expect(try rows([1, 2, 3], "formulas") == [["formula", "run 1", "run 2", "run 3"], ["loss", "-Za . sg(Zb)", "sg(Zb) . -Za", "Za . Zb"]])
    #expect(try !history.comparison(of: [1, 1]).contains { $0.title == "formulas" })
    #expect(throws: HistoryError.noSuchRun(9)) { try history.comparison(of: [1, 9]) }
  }

  private final class Rows: ExportSink {
    var rows: [String] = []
    func begin(columns: [String]) { rows.append(columns.joined(separator: "|")) }
    func add(_ row: [ResultTable.Cell]) { rows.append(row.map(\.text).joined(separator: "|")) }
  }

  @Test func exportedSeriesAreThoseOfTheView() throws {
    let sink = Rows()
    try history.exportSeries(try history.runs(selectedBy: nil), to: sink)
    let view = try place.shell("SELECT run_id, name, metric, step, coalesce(value, 'nan'), kind FROM metric_series ORDER BY run_id, metric, step")
    #expect(sink.rows == ["run_id|name|metric|step|value|kind"] + view)
    #expect(view.contains("2|b|mr|2|nan|nan"))
  }

  @Test func exportedRunsHaveAllSettingsAndMetrics() throws {
    let sink = Rows()
    try history.exportRuns([3, 2], to: sink)
    let columns = sink.rows[0].split(separator: "|").map(String.init)
    #expect(columns.suffix(9) == ["batch", "lr", "views", "last(mo)", "min(mo)", "max(mo)", "last(mr)", "min(mr)", "max(mr)"])
    let rows = sink.rows.dropFirst().map { $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init) }
    #expect(
      rows.map { $0.suffix(9) } == [
        ["64.0", "0.5", "4.0", "0.1", "0.1", "0.1", "-", "-", "-"], ["64.0", "0.25", "-", "-", "-", "-", "nan", "1.0", "1.0"]
      ])
    let view = try place.shell("SELECT run_id, uuid, name, state FROM run_list WHERE run_id > 1 ORDER BY run_id DESC")
    #expect(rows.map { $0.prefix(4).joined(separator: "|") } == view)
    try history.forget(2)
    #expect(try history.runs(selectedBy: nil) == [1, 3])
    #expect(throws: HistoryError.noSuchRun(2)) { try history.exportRuns([2], to: Rows()) }
  }

  @Test func aRowIsAsLongAsItsColumns() {
    let csv = RowText(["a,b", "n", "i", "m"], as: .csv)
    #expect(
      csv.beginning + csv.row([.text("x\"y\nz"), .number(0.1), .integer(3), .missing], isFirst: true) + csv.end
        == "\"a,b\",n,i,m\n\"x\"\"y\nz\",0.1,3,\n")
    let json = RowText(["a", "a"], as: .json)
    let rows = [[ResultTable.Cell.number(1.0 / 3), .number(.nan)], [.text("é"), .missing]].enumerated().map { json.row($1, isFirst: $0 == 0) }
    #expect(json.beginning + rows.joined() + json.end == "[\n{\"a\": 0.3333333333333333, \"a_2\": null},\n{\"a\": \"é\", \"a_2\": null}\n]\n")
    #expect(RowText(["a"], as: .json).beginning + RowText(["a"], as: .json).end == "[\n]\n")
  }
}
