import Foundation
import RunHistory
import SourceText
import Tables
import Testing

/// Every query is answered twice: by Siam, and by the sqlite3 shell from SQL written by hand.
@Suite("history where …")
struct ListTests {
  let place: TemporaryHistory
  let history: RunHistory

  init() throws {
    place = try TemporaryHistory()
    history = try place.open()
    try history.add(
      "SimSiam",
      settings: [
        ("lr", .number(0.5)), ("encoder", .text("convnet width=16")), ("nesterov", .flag(true)), ("augment.crop", .text("0.2..1"))
      ],
      loss: "-Pa . sg(Zb)",
      series: ["top1": [10, 25, 33.1], "std": [0.05, 0.06, 0.061], "mr": [0.9, 0.95, 0.99], "loss": [-0.1, -0.5, -0.62]],
      verdict: "no")
    try history.add(
      "Naive", settings: [("lr", .number(0.5)), ("encoder", .text("mlp")), ("nesterov", .flag(false))], loss: "-Za . Zb",
      series: ["top1": [10, 5, 1], "std": [0.05, 0.01, 0.0001], "mr": [0.5, 0.09, 0.04], "loss": [-0.5, -0.9, -1]],
      verdict: "full")
    try history.add(
      "triplet, without re", settings: [("lr", .number(0.05)), ("encoder", .text("convnet width=16"))], loss: "-Za . sg(Zb + oe)",
      series: ["top1": [10, 47, 47.41], "std": [0.05, 0.06, 0.06], "mr": [0.9, 0.05, 1.0], "loss": [.nan, -0.5, -0.9]],
      verdict: "no")
    try history.add(
      "Mirror", settings: [("lr", .number(1))], loss: "-Za . sg(oe + Zb)",
      series: ["top1": [12, .nan], "loss": [-0.1, .infinity]], state: .diverged,
      verdict: "diverged")
    _ = try history.begin(RunDescription(name: "still going"))
    try history.tag(3, "table3")
    try history.tag(3, "paper")
    try history.tag(1, "paper")
    try history.note(2, "collapses, as it should")
    try history.flush()
    _ = try place.shell("UPDATE runs SET started = '2026-01-15 12:00:00.000', ended = '2026-01-15 12:01:30.000' WHERE id = 1")
    _ = try place.shell("UPDATE runs SET started = datetime('now', '-3 days') || '.000' WHERE id = 2")
  }

  private static func last(_ metric: String) -> String {
    "(SELECT last_value FROM metric_summary m WHERE m.run_id = run_list.run_id AND metric = '\(metric)')"
  }

  private static func setting(_ name: String, _ condition: String) -> String {
    "run_id IN (SELECT run_id FROM run_settings WHERE setting = '\(name)' AND value \(condition))"
  }

  private static func summary(_ metric: String, _ condition: String) -> String {
    "run_id IN (SELECT run_id FROM metric_summary WHERE metric = '\(metric)' AND \(condition))"
  }

  private static func series(_ metric: String, _ condition: String) -> String {
    "run_id IN (SELECT run_id FROM metric_series WHERE metric = '\(metric)' AND \(condition))"
  }

  @Test(
    "answers as SQL does",
    arguments: [
      ("top1 > 30 and not collapsed", "\(last("top1")) > 30 AND verdict <> 'full'"),
      ("not collapsed", "verdict IS NOT 'full'"),
      ("collapsed or diverged", "verdict IN ('full', 'diverged') OR state = 'diverged'"),
      ("running", "state = 'running'"),
      ("finished and lr = 0.5", "state = 'finished' AND \(setting("lr", "= 0.5"))"),
      ("lr < 0.2", setting("lr", "< 0.2")),
      ("lr * 2 >= 1 and lr/2 != 0.5", setting("lr", "* 2 >= 1 AND value / 2 <> 0.5")),
      ("lr in [0.05, 1]", setting("lr", "IN (0.05, 1)")),
      ("lr in [0.1..1]", setting("lr", "BETWEEN 0.1 AND 1")),
      ("lr between 0.05 and 0.5", setting("lr", "BETWEEN 0.05 AND 0.5")),
      ("encoder = mlp", setting("encoder", "= 'mlp'")),
      ("encoder = \"mlp\"", setting("encoder", "= 'mlp'")),
      ("encoder like \"CONV%\"", setting("encoder", "LIKE 'conv%'")),
      ("encoder is missing", "run_id NOT IN (SELECT run_id FROM run_settings WHERE setting = 'encoder')"),
      ("augment.crop = \"0.2..1\"", "run_id IN (SELECT run_id FROM run_settings WHERE setting = 'augment.crop')"),
      ("nesterov", setting("nesterov", "= 1")),
      ("nesterov = false", setting("nesterov", "= 0")),
      ("tag = table3", "run_id IN (SELECT run_id FROM run_tags WHERE tag = 'table3')"),
      ("tag != table3", "run_id NOT IN (SELECT run_id FROM run_tags WHERE tag = 'table3')"),
      ("tag in [table3, \"paper\"]", "run_id IN (SELECT run_id FROM run_tags WHERE tag IN ('table3', 'paper'))"),
      ("tag is missing", "tags IS NULL"),
      ("note like \"%collapse%\"", "run_id IN (SELECT run_id FROM run_notes WHERE text LIKE '%collapse%')"),
      ("name like \"trip*\"", "name LIKE 'trip%'"),
      ("name = Naive", "name = 'Naive'"),
      ("name = \"triplet, without re\"", "name = 'triplet, without re'"),
      ("state = running", "state = 'running'"),
      ("verdict in [full, diverged]", "verdict IN ('full', 'diverged')"),
      ("loss contains sg(Zb)", "loss LIKE '%sg(Zb)%'"),
      ("loss contains sg(Zb + oe)", "loss LIKE '%oe%'"),
      ("loss contains Zb", "loss IS NOT NULL"),
      ("loss contains \"oe\"", "loss LIKE '%oe%'"),
      ("loss like \"-Pa%\"", "loss LIKE '-Pa%'"),
      ("loss = \"-Za . Zb\"", "loss = '-Za . Zb'"),
      ("loss < -0.9", "\(last("loss")) < -0.9"),
      ("loss > 100", "\(last("loss")) > 100"),
      ("top1 is missing", "run_id NOT IN (SELECT run_id FROM metric_summary WHERE metric = 'top1')"),
      ("max(top1) > 11 and argmax(top1) = 1", summary("top1", "max_value > 11 AND max_step = 1")),
      ("mean(mr) < 0.5", summary("mr", "mean_value < 0.5")),
      ("count(loss) = 2", summary("loss", "count = 2")),
      ("last(mr) - first(mr) > 0.05", summary("mr", "last_value - first_value > 0.05")),
      (
        "min(std) < 0.001 or first(mr < 0.1) < 20",
        summary("std", "min_value < 0.001") + " OR " + series("mr", "value < 0.1 AND step < 20")
      ),
      ("first(mr < 0.1) < 2", "0"),
      (
        "first(mr < 0.1) = 2",
        "(SELECT min(step) FROM metric_series m WHERE m.run_id = run_list.run_id AND metric = 'mr' AND value < 0.1) = 2"
      ),
      (
        "first(mr < 0.1 and std < 0.001) > 2",
        "(SELECT min(step) FROM metric_series a JOIN metric_series b USING (run_id, step) WHERE a.run_id = run_list.run_id "
          + "AND a.metric = 'mr' AND b.metric = 'std' AND a.value < 0.1 AND b.value < 0.001) > 2"
      ),
      (
        "count(mr > 0.8) = 3",
        "run_id IN (SELECT run_id FROM metric_series WHERE metric = 'mr' AND value > 0.8 GROUP BY run_id HAVING count(*) = 3)"
      ),
      ("first(loss is missing) = 1", series("loss", "kind = 'nan' AND step = 1")),
      ("started > -7d", "started > datetime('now', '-7 days')"),
      ("started < -1h", "started < datetime('now', '-1 hours')"),
      ("started > \"2026-02-01\" and started < \"2100-01-01\"", "started > '2026-02-01'"),
      ("started = 2026-01-15", "started LIKE '2026-01-15%'"),
      ("started between 2026-01-14 and 2026-01-15", "started LIKE '2026-01-15%'"),
      ("ended is missing", "ended IS NULL"),
      ("seconds = 90", "seconds = 90"),
      ("steps >= 3 and id < 3", "steps >= 3 AND run_id < 3"),
      ("abs(loss) < 0.7 and sqrt(lr)^2 > 0.49", "run_id = 1")
    ])
  func answers(condition: String, sql: String) throws {
    let expected = try place.shell("SELECT run_id FROM run_list WHERE \(sql) ORDER BY run_id").joined(separator: " ")
    #expect(try history.runs(where: condition) == expected)
  }

  @Test func theNewestTwentyByDefault() throws {
    for index in 1...20 { try history.add("more \(index)") }
    let table = try history.ask("history")
    #expect(table.columns == ["id", "name", "state", "verdict", "loss", "top1", "std", "mr", "steps", "when"])
    #expect(table.firstColumn == (6...25).reversed().map(String.init))
    #expect(try history.ask("history where id > 0").rows.count == 25)
    #expect(try history.ask("history limit 22").rows.count == 22)
  }

  @Test func aLine() throws {
    let when = try place.shell("SELECT strftime('%Y-%m-%d %H:%M', started, 'localtime') FROM run_list WHERE run_id = 1")[0]
    let table = try history.ask("history where id = 1")
    #expect(
      table.rows == [
        [
          .integer(1), .text("SimSiam"), .text("finished"), .text("no"), .text("-Pa . sg(Zb)"), .number(33.1), .number(0.061),
          .number(0.99), .integer(3),
          .text(when)
        ]
      ])
  }

  @Test func sortedAndLimited() throws {
    #expect(try history.ask("history where top1 > 0 sort top1 desc").firstColumn == ["3", "1", "2"])
    #expect(try history.ask("history where top1 > 0 sort top1 desc limit 2").firstColumn == ["3", "1"])
    #expect(try history.ask("history sort name").firstColumn == ["4", "2", "1", "5", "3"])
    // What is missing comes last, either way.
    #expect(try history.ask("history sort lr, id").firstColumn == ["3", "1", "2", "4", "5"])
    #expect(try history.ask("history sort lr desc, id").firstColumn == ["4", "1", "2", "3", "5"])
  }

  @Test func chosenColumns() throws {
    let table = try history.ask(
      "history where id < 5 columns name, lr, last(mr), max(top1), collapsed, tag, loss, last(top1) sort id")
    #expect(table.columns == ["name", "lr", "last(mr)", "max(top1)", "collapsed", "tag", "loss", "last(top1)"])
    #expect(
      table.rows[1] == [
        .text("Naive"), .number(0.5), .number(0.04), .number(10), .text("true"), .missing, .text("-Za . Zb"), .number(1)
      ])
    #expect(table.rows[2][5] == .text("paper, table3"))
    #expect(table.rows[3][2] == .missing)
    guard case .number(let top1) = table.rows[3][7] else { Issue.record("no number"); return }
    #expect(top1.isNaN)
  }

  @Test func forgottenRuns() throws {
    try history.forget(2)
    #expect(try history.runs(where: "id > 0") == "1 3 4 5")
    #expect(try history.runs(where: "forgotten") == "2")
    #expect(try history.latestRun(named: "Naive") == nil)
    try history.restore(2)
    #expect(try history.latestRun(named: "Naive") == 2)
  }

  @Test func valuesAreBoundNotPasted() throws {
    let name = "x' OR 1=1; DROP TABLE runs; --"
    try history.add(name, settings: [("a'b", .text("c\"d"))])
    #expect(try history.runs(where: "name = \"\(name)\"") == "6")
    #expect(try history.runs(where: "name like \"\(name)\"") == "6")
    #expect(try place.shell("SELECT count(*) FROM runs") == ["6"])
  }

  /// `where P` and `where not P` share the runs out between them, also those that lack what P asks of.
  @Test(
    "what is missing does not compare",
    arguments: [
      ("lr > 0.2", "1 2 4"), ("top1 > 30", "1 3"), ("encoder = mlp", "2"), ("name like \"%i%\"", "1 2 3 4 5"), ("last(loss) < 1", "1 2 3"),
      ("tag between n and r", "1 3"), ("first(mr < 0.1) = 2", "2 3"), ("first(mr < 0.1) < 20", "2 3"), ("verdict != full", "1 3 4 5"),
      ("lr != 0.5", "3 4 5"), ("ended != 2026-01-15", "2 3 4 5"), ("nesterov", "1"), ("first(mr != 0.9) = 1", "2")
    ])
  func halves(condition: String, runs: String) throws {
    #expect(try history.runs(where: condition) == runs)
    let others = ["1", "2", "3", "4", "5"].filter { !runs.split(separator: " ").map(String.init).contains($0) }
    #expect(try history.runs(where: "not (\(condition))") == others.joined(separator: " "))
  }

  @Test func neitherOrderBeginsWithWhatIsNoNumber() throws {
    #expect(try history.ask("history sort last(top1) desc columns id").firstColumn == ["3", "1", "2", "5", "4"])
    #expect(try history.ask("history sort last(top1) columns id").firstColumn == ["2", "1", "3", "5", "4"])
  }

  /// Runs of one second are told apart.
  @Test func sortedByTheWholeDate() throws {
    _ = try place.shell("UPDATE runs SET started = '2026-01-15 12:00:00.' || (600 - 100 * id)")
    #expect(try history.ask("history sort started").firstColumn == ["5", "4", "3", "2", "1"])
  }

  /// Two settings that are texts are compared as texts.
  @Test func settingsWithEachOther() throws {
    try history.add("same", settings: [("encoder", .text("fc")), ("predictor", .text("fc")), ("lr", .number(2))])
    try history.add("other", settings: [("encoder", .text("mlp")), ("predictor", .text("fc")), ("lr", .text("auto"))])
    #expect(try history.runs(where: "encoder = predictor") == "6")
    #expect(try history.runs(where: "id > 5 and encoder != predictor") == "7")
    #expect(try history.runs(where: "encoder > predictor") == "7")
  }

  /// One label lies between two words, not one above the first and another below the second.
  @Test func oneLabelBetween() throws {
    try history.tag(2, "a")
    try history.tag(2, "z")
    #expect(try history.runs(where: "tag between \"b\" and \"y\"") == "1 3")
  }

  /// Whichever metric is named first: one may have values where the other has none.
  @Test func aConditionOnTwoMetricsLooksAtTheStepsOfBoth() throws {
    let run = try history.begin(RunDescription(name: "by epoch"))
    for step in 1...6 { history.record(run, step: step, [(metric: "mr", value: step >= 3 ? 0.05 : 1)]) }
    history.record(run, step: 5, [(metric: "top1", value: 50)])
    try history.finish(run, state: .finished)
    for condition in ["top1 > 40 or mr < 0.1", "mr < 0.1 or top1 > 40", "not (top1 <= 40 or mr >= 0.1)", "not (mr >= 0.1) and top1 is missing"] {
      #expect(try history.runs(where: "id = \(run) and first(\(condition)) = 3") == "\(run)")
    }
    #expect(try history.runs(where: "id = \(run) and first(mr < 0.1 and top1 > 40) = 5 and count(top1 > 40 or mr > 0.5) = 3") == "\(run)")
  }

  @Test func aFreshHistoryKnowsTheUsualNames() throws {
    let fresh = try RunHistory(at: .memory)
    #expect(try fresh.ask("history where top1 > 30 and lr = 0.5 and loss contains sg(Zb)").rows.isEmpty)
  }
}
