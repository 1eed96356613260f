import LineProtocol
import Testing

/// What a program is told, request by request.
struct ConversationTests {
  @Test func theFirstLineSaysWhoAnswers() throws {
    let hello = try #require(try Dialogue().taken().first)
    #expect(hello["event"] as? String == "hello")
    #expect(hello["protocol"] as? Int == Conversation.version)
    #expect(hello["pid"] as? Int == 7)
    #expect((hello["greeting"] as? String)?.contains("history: ") == true)
  }

  @Test func aResultThenItsEnd() throws {
    let events = try Dialogue().execute("val A = [[3, 4], [1, 0]]\nnorm(A)")
    #expect(events.map { $0["event"] as? String } == ["result", "done"])
    #expect(events[0]["text"] as? String == "[5, 1]")
    #expect(events[1]["end"] as? String == "completed")
    #expect(events[1]["ans"] as? [Int] == [5, 1])
  }

  @Test func whatAnsIsStaysAndLargeOnesAreLeftOut() throws {
    let dialogue = try Dialogue("print 6 * 7")
    #expect(try dialogue.execute("val x = 1").last?["ans"] as? Int == 42)
    let large = try dialogue.execute("print zeros(200, 200)")
    #expect(large.last?["end"] as? String == "completed")
    #expect(large.last?["ans"] == nil)
  }

  @Test func aTableIsTextAndData() throws {
    let events = try Dialogue().execute("sql SELECT 1 AS a, 'x' AS b, NULL AS c, 0.5 AS d")
    let result = try #require(events.first)
    #expect((result["text"] as? String)?.hasPrefix("a  b  c") == true)
    let table = try #require(result["table"] as? Dialogue.Event)
    #expect(table["columns"] as? [String] == ["a", "b", "c", "d"])
    let row = try #require((table["rows"] as? [[any Sendable]])?.first)
    #expect(row[0] as? Int == 1 && row[1] as? String == "x" && row[3] as? Double == 0.5)
  }

  @Test func aTableIsHTMLThatHoldsNoMarkupOfItsCells() throws {
    let dialogue = try Dialogue()
    let html = try #require(try dialogue.execute("sql SELECT '<b>&\"' AS \"a<i>\", 1.5 AS n, NULL AS m").first?["html"] as? String)
    #expect(html.contains("<table>") && html.contains("a&lt;i&gt;</th>") && html.contains("&lt;b&gt;&amp;&quot;</td>") && html.contains(">1.5</td>"))
    #expect(!html.contains("<b>") && !html.contains("<i>"))
    // The form that was asked for is text.
    #expect(try dialogue.execute("history format csv").first?["html"] == nil)
    #expect(try dialogue.execute("print 1").first?["html"] == nil)
  }

  @Test func aRunsReportIsHTML() throws {
    let dialogue = try Dialogue(
      "data shapes train=128 test=64; use quick dim=16; batch 64; encoder convnet width=4; loss -Pa . sg(Zb); train 2 steps")
    let html = try #require(try dialogue.execute("history 1").first?["html"] as? String)
    #expect(html.contains(">run</h4>") && html.contains(">metrics</h4>") && html.contains("<thead>"))
    #expect(html.contains("-Pa . sg(Zb)"))
  }

  @Test func aMistakeIsTextAndItsParts() throws {
    let events = try Dialogue().ask("execute", ["code": "val τ = 1\nprint τ + zq", "name": "cell 3"])
    #expect(events.map { $0["event"] as? String } == ["diagnostic", "done"])
    let mistake = events[0]
    #expect(mistake["level"] as? String == "error")
    #expect((mistake["text"] as? String)?.hasPrefix("cell 3:2:") == true)
    #expect(mistake["file"] as? String == "cell 3")
    #expect(mistake["line"] as? Int == 2)
    #expect(mistake["span"] as? [Int] == [22, 24])
    #expect(events[1]["end"] as? String == "usage")
  }

  @Test func howTextsEnd() throws {
    let dialogue = try Dialogue()
    #expect(try dialogue.execute("expect 1 == 2").last?["end"] as? String == "failed")
    #expect(try dialogue.execute("").last?["end"] as? String == "completed")
    let (events, end) = try dialogue.say(.whole(Array(#"{"id": 1, "request": "execute", "code": "quit"}"#.utf8)))
    #expect(end == .quit)
    #expect(events.last?["status"] as? String == "idle")
    #expect(try dialogue.say(.whole(Array(#"{"id": 1, "request": "shutdown"}"#.utf8))).end == .shutdown)
  }

  @Test func silenceStillTellsMistakes() throws {
    let dialogue = try Dialogue()
    #expect(try dialogue.execute("val x = 2; print x; history", silent: true).map { $0["event"] as? String } == ["done"])
    #expect(try dialogue.execute("print y_y", silent: true).map { $0["event"] as? String } == ["diagnostic", "done"])
    #expect(try dialogue.execute("print x").map { $0["text"] as? String } == ["2", nil])
  }

  @Test func aTrainingTellsHowFarItIs() throws {
    let dialogue = try Dialogue("data shapes train=128 test=64; use quick dim=16; batch 64; encoder convnet width=4; loss -Pa . sg(Zb)")
    let events = try dialogue.execute("train 4 steps as \"a\"; plot mo; history")
    let progress = events.filter { $0["event"] as? String == "progress" }
    let last = try #require(progress.last)
    #expect(progress.count >= 2)
    #expect(progress.dropLast().allSatisfy { $0["finished"] as? Bool == false })
    #expect(last["finished"] as? Bool == true)
    #expect(last["fraction"] as? Double == 1)
    #expect((last["values"] as? Dialogue.Event)?["loss"] is Double)
    #expect((last["text"] as? String)?.hasPrefix("epoch 2/2 ━") == true)
    let results = events.filter { $0["event"] as? String == "result" }
    #expect(results.count == 2)
    #expect((results[0]["text"] as? String)?.hasPrefix("mo\n") == true)
    let svg = try #require(results[0]["svg"] as? String, "gnuplot draws it")
    #expect(svg.contains("<svg") && svg.contains("fill=\"white\"/>"))
    #expect(results[1]["table"] != nil)
  }

  @Test func completionsHaveRangesAndTypes() throws {
    let dialogue = try Dialogue("let Ge = -Zn; val tau = 0.1")
    let function = try dialogue.complete("print info|")
    #expect(function.replaced == "info" && function.matches == ["infonce(": "function"])
    #expect(try dialogue.complete("tra|").matches == ["train": "statement", "track": "statement"])
    #expect(try dialogue.complete("val x = 1; tra|").matches["train"] == "statement")
    #expect(try dialogue.complete("print G|").matches["Ge"] == "formula")
    #expect(try dialogue.complete("print ta|").matches["tau"] == "value")
    #expect(try dialogue.complete("optimizer sgd l|").matches["lr="] == "option")
    // Behind characters of two and of four bytes.
    let behind = try dialogue.complete("# 𝛕 is τ\nprint τ + info|")
    #expect(behind.replaced == "info" && behind.matches == ["infonce(": "function"])
  }

  @Test(arguments: [
    ("loss|", "loss"), ("lo|ss -Za . Zb", "loss"), ("print infonce|", "infonce"), ("print infonce(Za, |", "infonce"),
    ("print infonce(normalize(za), |", "infonce"), ("print normalize(infonce(za|", "za"), ("train 20 |", "train"),
    ("x = 1; train 20|", "train"), ("print 1\ntrain |", "train"), ("for s in 1..3 { train |", "train"), ("train as \"loss|", "train"),
    ("print (1 + |\n2)", "print"), ("print \"infonce(\" + |", "print"), ("print Z|n", "Zn"), ("|Zb", "Zb")
  ])
  func helpIsOnWhatTheCursorTouches(code: String, name: String) throws {
    #expect(try Dialogue().inspect(code) == name)
  }

  @Test func helpIsTextAndMarkdown() throws {
    let help = try #require(try Dialogue().execute("help infonce").first)
    #expect((help["text"] as? String)?.contains("for example:") == true)
    #expect((help["markdown"] as? String)?.contains("```\nprint infonce(") == true)
  }

  @Test func helpOnNamesOfTheSession() throws {
    let dialogue = try Dialogue("let Ge = -Zn")
    #expect(try dialogue.inspect("print Ge|") == "Ge")
    #expect(try dialogue.inspect("zqx|") == nil)
    #expect(try dialogue.inspect("|") == nil)
    // It has not been said as a result.
    #expect(try dialogue.ask("inspect", ["code": "loss", "cursor": 2]).map { $0["event"] as? String } == ["inspection"])
  }

  @Test(arguments: [
    ("print 1", "complete", nil), ("", "complete", nil), ("for x in 1..3 {", "incomplete", "  "),
    ("for x in 1..3 {\n  if true {", "incomplete", "    "),
    ("print 1 +", "incomplete", "  "), ("print (1,", "incomplete", "  "), ("print 1)", "invalid", nil), ("prnt 1", "invalid", nil),
    ("mo", "complete", nil), ("print \"{\" +", "incomplete", "  ")
  ])
  func whetherMoreMustBeTyped(code: String, status: String, indent: String?) throws {
    let event = try Dialogue().completeness(code)
    #expect(event["status"] as? String == status)
    #expect(event["indent"] as? String == indent)
  }
}
