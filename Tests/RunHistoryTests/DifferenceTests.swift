import RunHistory
import Tables
import Testing

/// What `diff` answers: only what differs.
@Suite struct DifferenceTests {
  private let temporary: TemporaryHistory
  private let history: RunHistory

  init() throws {
    temporary = try TemporaryHistory()
    history = try temporary.open()
  }

  /// `title: cell | cell`, a line a row.
  private func difference(_ left: Int64, _ right: Int64) throws -> [String] {
    try history.difference(between: left, and: right).flatMap { section -> [String] in
      guard case .table(let table) = section.content else { return ["\(section.title): no table"] }
      return table.rows.map { "\(section.title): " + $0.map(\.text).joined(separator: " | ") }
    }
  }

  @Test func equalRunsHaveNone() throws {
    let series = ["mr": [1, .nan, .infinity, 0.5]]
    let one = try history.add("a", settings: [("lr", .number(0.5))], loss: "-Za . sg(Zb + oe)", series: series, verdict: "no")
    let other = try history.add("b", settings: [("lr", .number(0.5))], loss: "-Za . sg(oe+Zb)", series: series, verdict: "no")
    #expect(try difference(one, other).isEmpty)
    #expect(try difference(one, one).isEmpty)
  }

  @Test func settingsAndOutcome() throws {
    let one = try history.add("a", settings: [("lr", .number(0.5)), ("batch", .number(64)), ("probe", .flag(true))], verdict: "no")
    let other = try history.add(
      "b", settings: [("lr", .number(0.25)), ("batch", .number(64)), ("teacher", .number(0.9)), ("probe", .flag(false))], state: .diverged,
      verdict: "diverged")
    #expect(
      try difference(one, other) == [
        "run: state | finished | diverged", "run: verdict | no | diverged", "settings: lr | 0.5 | 0.25", "settings: probe | true | false",
        "settings: teacher | - | 0.9"
      ])
  }

  @Test(arguments: [
    ("-Za . sg(Zb + oe)", "-Za . sg(Zb)", ["oe | -"]),
    ("-Za . sg(Zb + oe - re)", "-Za . sg(Zb - re + oz)", ["oe | oz"]),
    ("-Za . sg(Zb)", "-Pa . sg(Zb)", ["Za | Pa"]),
    ("2*(-Za . sg(Zb))", "-Za . sg(Zb)", ["2 | -"]),
    ("3*(-Za . sg(Zb))", "(-Za . sg(Zb))*2", ["3 | 2"]),
    ("infonce(Za, Zb, 0.1) + decorrelation(za)", "infonce(Za, Zb, 0.2) + decorrelation(za)", ["0.1 | 0.2"]),
    ("infonce(Za, Zb, 0.1)", "ntxent(Za, Zb, 0.1)", ["infonce(Za, Zb, 0.1) | ntxent(Za, Zb, 0.1)"]),
    ("-Za . Zb", "-Za . sg(Zb)", ["Zb | sg(Zb)"]),
    ("onesided -Za . Zb", "-Za . Zb", ["onesided | symmetric"]),
    ("alternating -Za . Zb, -Pa . Zb", "alternating -Za . Zb, -Pa . sg(Zb)", ["Zb | sg(Zb)"])
  ])
  func lossesAsTrees(_ left: String, _ right: String, _ expected: [String]) throws {
    let runs = try [left, right].map { try history.add("x", lossStatement: $0) }
    let rows = try difference(runs[0], runs[1])
    #expect(rows.first == "formulas: loss | \(left) | \(right)")
    #expect(rows.dropFirst() == expected.map { "loss, part by part: \($0)" }[...])
  }

  @Test func theFirstStepWhereSeriesPart() throws {
    let nextAfter = 0.5.nextUp
    let one = try history.add("a", series: ["mr": [1, 0.5, 0.25], "mo": [1, .nan, 3], "std": [1, 2, 3], "top1": [1]])
    let other = try history.add("b", series: ["mr": [1, nextAfter, 0.125], "mo": [1, .nan, .infinity], "std": [1, 2, 3, 4], "rank": [7]])
    #expect(
      try difference(one, other) == [
        "run: steps | 3 | 4", "series: rank | 1 | - | 7.0 | - | 7.0", "series: top1 | 1 | 1.0 | - | 1.0 | -",
        "series: mr | 2 | 0.5 | \(nextAfter) | 0.25 | 0.125", "series: mo | 3 | 3.0 | inf | 3.0 | inf",
        "series: std | 4 | - | 4.0 | 3.0 | 4.0"
      ])
  }
}
