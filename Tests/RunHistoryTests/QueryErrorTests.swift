import RunHistory
import SourceText
import Testing

@Suite("What a query cannot be")
struct QueryErrorTests {
  let history: RunHistory

  init() throws {
    history = try RunHistory(at: .memory)
    try history.add(
      "a", settings: [("lr", .number(0.5)), ("tau", .number(0.2))], loss: "-Za . sg(Zb)", series: ["top1": [1, 2], "mr": [1, 1]])
  }

  private static let hintOfDates =
    "write `\"2026-11-01\"`, `\"2026-11-01 14:30\"`, `today`, or how long ago: `-7d` (also `s min h w month y`)"
  private static let hintOfAll =
    "it knows names, numbers, strings, dates, `and or not`, comparisons, `in between like contains`, `is missing`, `+ - * / ^`, "
    + "and `first last min max mean argmin argmax count` of a metric"

  @Test(
    "each complaint with its word",
    arguments: [
      (
        "history where topl > 30",
        "`topl` is no column, setting or metric of the runs in this history\nat: topl\ndid you mean `top1`?"
      ),
      (
        "history where lr > 0.1 and collapse",
        "`collapse` is no column, setting or metric of the runs in this history\nat: collapse\ndid you mean `collapsed`?"
      ),
      (
        "history sort topp1",
        "`topp1` is no column, setting or metric of the runs in this history\nat: topp1\ndid you mean `top1`?"
      ),
      (
        "history columns nmae",
        "`nmae` is no column, setting or metric of the runs in this history\nat: nmae\ndid you mean `name`?"
      ),
      (
        "history where verdict = collapsed",
        "`verdict` is never `collapsed`\nat: collapsed\n`collapsed` alone is true of such runs; `verdict` is `full`, `partial`, `no` or `diverged`"
      ),
      ("history where \"finishd\" != state", "`state` is never `finishd`\nat: \"finishd\"\ndid you mean `finished`?"),
      ("history where tag = note", "notes and tags are compared with text, not with one another\nat: note"),
      ("history where max(lr) > 1", "`lr` is not a metric, so it has no series\nat: lr\ndid you mean `mr`?"),
      ("history where maxx(mr) > 1", "a query on the history has no function `maxx`\nat: maxx\ndid you mean `max`?"),
      ("history where max(mr, top1) > 1", "`max` takes one argument here, not 2\nat: max"),
      (
        "history where max(mr > 1) > 1",
        "`max` takes a metric here\nat: mr > 1\n`max(mr)`; `first`, `last` and `count` take a condition as well"
      ),
      ("history where first(lr > 1) < 5", "the condition `lr > 1` is on no metric\nat: lr > 1\n`first(mr < 0.1)`"),
      ("history where name > 3", "`name` is text and `3` is a number: they cannot be compared\nat: >"),
      ("history where name + 1 > 3", "`name` is text, not a number\nat: name"),
      ("history where name", "`name` is text, not a condition\nat: name\ncompare it: `name = \"…\"`"),
      ("history where tag = 3", "`3` is a number, not text\nat: 3"),
      (
        "history where started > lr",
        "`lr` is no date\nat: lr\n\(hintOfDates)"
      ),
      (
        "history where started > \"2026-13-01\"",
        "`\"2026-13-01\"` is no date\nat: \"2026-13-01\"\n\(hintOfDates)"
      ),
      ("history where name like 3", "`like` takes a pattern in quotes\nat: 3\n`name like \"triplet%\"`"),
      (
        "history where mr contains Zb",
        "`contains` searches a formula for an expression, or text for a string: `mr` is no formula\nat: mr"
      ),
      ("history where mr like \"a\"", "`mr` is a number, not text\nat: mr"),
      ("history where mr @ mr > 1", "a query on the history cannot use `@`\nat: @\n\(hintOfAll)"),
      ("history where mr > [1, 2]", "a query on the history cannot use `[1, 2]`\nat: [1, 2]\n\(hintOfAll)"),
      ("history limit 2.5", "`limit` takes a whole number of runs, not `2.5`\nat: 2.5"),
      ("history limit -1", "`limit` takes a whole number of runs, not `-1`\nat: -1")
    ])
  func complaint(query: String, text: String) {
    #expect(history.complaint(about: query) == text)
  }

  @Test func aLongConditionIsAnswered() throws {
    let long = Array(repeating: "mr > 1", count: 900).joined(separator: " or ")
    #expect(try history.runs(where: long) == "")
    #expect(try history.runs(where: "\(long) or mr = 1") == "1")
  }

  @Test func aDeepConditionIsRefused() {
    let deep = "history where " + String(repeating: "not ", count: 900) + "collapsed"
    #expect(history.complaint(about: deep).hasPrefix("the query is too long for SQLite: "))
  }

  /// A word is quoted in so far as it fits a sentence.
  @Test func aComplaintIsShort() {
    let long = String(repeating: "h", count: 10_000)
    for query in [
      "where \(long)", "where max(\(long)) > 1", "where \(long)(mr) > 1", "where name + \"\(long)\" > 1", "where [\(long)]", "limit mr + \(long)"
    ] {
      let complaint = history.complaint(about: "history \(query)").split(separator: "\n").filter { !$0.hasPrefix("at: ") }.joined()
      #expect(complaint.count < 500)
    }
  }
}
