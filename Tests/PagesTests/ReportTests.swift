import Commands
import Foundation
import Pages
import RunHistory
import SourceText
import Tables
import TestSupport
import Testing

@Suite struct ReportTests {
  private static let source = SourceFile(
    name: "notes/collapse.siam",
    text: """
      # # Why it *collapses*
      # Nothing <b>repels</b> the center; see [the paper](https://arxiv.org/abs/2203.16262).
      data shapes train=2560 test=500
      loss -Za . Zb   # no stop-gradient
      train as "<script>alert(1)</script>"

      # | loss | fate |
      # | --- | --: |
      # | `-Za . Zb` | 1 point |
      table verdict, std
      print "</pre>"
      train as "]]>"
      print Zx
      """)

  /// The bytes of some lines.
  private static func lines(_ first: Int, _ last: Int) -> Range<Int> {
    source.range(ofLine: first).lowerBound..<source.range(ofLine: last).upperBound
  }

  private static func run(_ id: Int64, _ name: String, verdict: String, seed: Int64) -> RunReport {
    func pairs(_ rows: [(String, ResultTable.Cell)]) -> RunReport.Section.Content {
      .pairs(ResultTable(columns: ["name", "value"], rows: rows.map { [.text($0), $1] }))
    }
    return RunReport(
      run: id,
      sections: [
        .init(
          title: "run",
          content: pairs([
            ("id", .integer(id)), ("name", .text(name)), ("state", .text("finished")), ("steps", .integer(250)), ("seconds", .number(6.5))
          ])),
        .init(title: "verdict", content: pairs([("verdict", .text(verdict)), ("sentence", .text("collapse (std 0.01 ≪ 1/√256 = 0.0625)"))])),
        .init(
          title: "metrics",
          content: .table(
            ResultTable(
              columns: ["metric", "first", "last"], rows: [[.text("std"), .number(0.06), .number(0.0076)], [.text("mr"), .number(1), .missing]]))),
        .init(title: "settings", content: pairs([("batch", .integer(256)), ("seed", .integer(seed))])),
        .init(title: "statements", content: .lines(["data shapes", "loss -Za . Zb"]))
      ])
  }

  private static let report = Report(
    file: source,
    parts: [
      .prose("# Why it *collapses*\nNothing <b>repels</b> the center; see [the paper](https://arxiv.org/abs/2203.16262)."),
      .cell(.init(range: lines(3, 3), said: [.note("shapes: 2560 train, 500 test, 3×32×32, 10 classes")])),
      .cell(.init(range: lines(4, 4), said: [.note("loss = (-Za . Zb)/2 + swap(-Za . Zb)/2\n  gradient reaches: encoder, projector")])),
      .cell(
        .init(
          range: lines(5, 5),
          said: [.diagnostic(Diagnostic(.warning, "`mr` is lost", at: SourceSpan(source, lines(5, 5)))), .note("run 7 · collapse (std 0.01)")],
          runs: [7])),
      .prose("| loss | fate |\n| --- | --: |\n| `-Za . Zb` | 1 point |"),
      .cell(
        .init(
          range: lines(10, 10),
          said: [
            .answer(
              .table(
                ResultTable(
                  columns: ["name", "verdict", "std"],
                  rows: [[.text("<script>alert(1)</script>"), .text("full"), .number(0.0076)], [.text("a|b\u{202E}"), .text("no"), .missing]]), .table
              ))
          ])),
      .cell(.init(range: lines(11, 11), said: [.answer(.text("</pre>"))])), .cell(.init(range: lines(12, 12), said: [], runs: [8])),
      .cell(
        .init(
          range: lines(13, 13),
          said: [
            .diagnostic(
              Diagnostic(
                "there is no `Zx`", at: SourceSpan(source, lines(13, 13).upperBound - 2..<lines(13, 13).upperBound), hint: "did you mean `Za`?"))
          ]))
    ],
    diagnostics: [Diagnostic(.warning, "`--set tau=<i>` had no effect: there is no `val tau`")], end: .usage, unreachedCount: 2,
    runs: [run(7, "<script>alert(1)</script>", verdict: "full", seed: 0), run(8, "]]>", verdict: "no", seed: 1)],
    circumstances: [.init("command", "siam run collapse.siam --set 'tau=<i>'"), .init("begun", "2026-11-27 19:30:00")],
    versions: [.init("Siam", "0.1"), .init("OpenBLAS", "0.3.21")])

  /// What a report looks like, to the letter. SIAM_UPDATE_FIXTURES=1 writes it anew.
  @Test(arguments: [("report.html", report.html), ("report.md", report.markdown)])
  func whole(name: String, text: String) throws {
    let url = Fixtures.url("Fixtures/" + name, beside: #filePath)
    if ProcessInfo.processInfo.environment["SIAM_UPDATE_FIXTURES"] == "1" { try Data(text.utf8).write(to: url) }
    #expect(try text == String(contentsOf: url, encoding: .utf8))
  }

  /// One page loads nothing, runs nothing, and is well-formed even as XML.
  @Test func selfContained() throws {
    let page = Self.report.html
    #expect(!page.contains("<script") && !page.contains("<link") && !page.contains("<iframe") && !page.contains("@import"))
    #expect(!page.contains("src=\"http") && page.contains("default-src &#39;none&#39;"))
    let problem = PageChecker.problem(in: page)
    #expect(problem == nil)
  }

  @Test func emptyNotebook() {
    let report = Report(file: SourceFile(name: "a<b>.siam", text: ""), parts: [])
    #expect(report.html.contains("<h1>a&lt;b&gt;.siam</h1>"))
    #expect(PageChecker.problem(in: report.html) == nil)
    #expect(report.markdown.hasPrefix("# a\\<b>.siam\n"))
  }
}
