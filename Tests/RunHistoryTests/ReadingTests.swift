import RunHistory
import SourceText
import Tables
import Testing

@Suite("One run")
struct ReadingTests {
  let history: RunHistory
  let run: Int64

  init() throws {
    history = try RunHistory(at: .memory)
    try history.add("triplet", series: ["top1": [1]])
    run = try history.add(
      "triplet, without re", settings: [("lr", .number(0.5)), ("encoder", .text("mlp")), ("nesterov", .flag(true))],
      loss: "-Za . sg(Zb)",
      series: ["top1": [10, 50, 30], "loss": [1, .nan]], verdict: "no")
  }

  @Test(
    "run(…).NAME",
    arguments: [
      ("top1", .number(30)), ("verdict", .text("no")), ("state", .text("finished")), ("steps", .number(3)), ("lr", .number(0.5)),
      ("encoder", .text("mlp")), ("nesterov", .flag(true)), ("collapsed", .flag(false)), ("nothing", nil), ("tau", nil)
    ] as [(String, RunValue?)])
  func values(name: String, value: RunValue?) throws {
    #expect(try history.value(run, name) == value)
  }

  @Test func aLastNaNIsAValue() throws {
    #expect(try history.value(run, metric: "loss", .last)?.isNaN == true)
    #expect(try history.value(run, metric: "mr", .last) == nil)
  }

  @Test(
    "reductions",
    arguments: [
      (.first, 10), (.last, 30), (.min, 10), (.max, 50), (.mean, 30), (.count, 3), (.argmin, 1), (.argmax, 2)
    ] as [(SeriesReduction, Double)])
  func reductions(reduction: SeriesReduction, value: Double) throws {
    #expect(try history.value(run, metric: "top1", reduction) == value)
  }

  @Test func byName() throws {
    let again = try history.add("triplet, without re")
    #expect(try history.latestRun(named: "triplet, without re") == again)
    #expect(try history.latestRun(named: "triplet*") == nil)
    #expect(try history.runs(named: "triplet*").map(\.id) == [1, run, again])
    #expect(try history.runs(named: "triplet*", among: [run]).map(\.verdict) == ["no"])
    #expect(try history.runs(named: "[t]riplet").isEmpty)
    #expect(try history.metrics(of: run) == ["loss", "top1"])
  }

  @Test func theReport() throws {
    try history.note(run, "as the paper says")
    try history.tag(run, "table3")
    let report = try history.report(run: run)
    #expect(report.sections.map(\.title) == ["run", "verdict", "formulas", "metrics", "settings", "notes"])
    guard case .pairs(let identity) = report.sections[0].content, case .table(let metrics) = report.sections[3].content,
      case .pairs(let settings) = report.sections[4].content
    else { Issue.record("other shapes"); return }
    #expect(identity.rows.first == [.text("id"), .integer(run)])
    #expect(identity.rows.contains([.text("tags"), .text("table3")]))
    #expect(metrics.rows.map { $0[0] } == [.text("loss"), .text("top1")])
    #expect(
      settings.rows == [
        [.text("encoder"), .text("mlp")], [.text("lr"), .number(0.5)], [.text("nesterov"), .text("true")]
      ])
  }

  @Test func noSuchRun() {
    let error = #expect(throws: Diagnostic.self) { try history.report(run: 99) }
    #expect(error?.message == "there is no run 99")
    #expect(throws: HistoryError.noSuchRun(99)) { try history.note(99, "x") }
    #expect(throws: HistoryError.noSuchRun(99)) { try history.forget(99) }
  }

  @Test func tagsComeAndGo() throws {
    try history.tag(run, "x")
    try history.tag(run, "x")
    #expect(try history.runs(where: "tag = x") == "\(run)")
    try history.untag(run, "x")
    #expect(try history.runs(where: "tag = x") == "")
  }
}
