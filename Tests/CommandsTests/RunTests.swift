import Commands
import Foundation
import Testing

/// Training as statements: what is said, how it ends, and what is found again.
@Suite struct RunTests {
  private let prompt: Prompt

  init() throws { prompt = try Prompt(Prompt.small) }

  private func sql(_ query: String) throws -> [String] {
    let answer = prompt("sql \(query)")
    try #require(answer.end == .completed, Comment(rawValue: answer.errors))
    // The rows, without the heading and its rule.
    return answer.output.split(separator: "\n").dropFirst(2).map { $0.trimmingCharacters(in: .whitespaces) }
  }

  // MARK: Ends

  @Test func aRunSaysHowItEnded() throws {
    let answer = prompt("loss -Pa . sg(Zb)\ntrain as \"simsiam\"")
    #expect(answer.end == .completed)
    #expect(answer.notes.contains { $0.hasPrefix("run 1 · no collapse (Z: std 0.") && $0.contains("; P: std 0.") })
    #expect(answer.notes.contains("  note: with a batch of 64 a center is noisy: about 1/√64 = 0.12"))
    // Eight steps, and an epoch's end.
    #expect(answer.progressCount == 9)
  }

  @Test func aDivergedRunIsAResult() throws {
    let answer = prompt("loss log(norm(oz) - 100)\ntrain as \"boom\"\nexpect run(\"boom\").verdict == \"diverged\"")
    #expect(answer.end == .completed, Comment(rawValue: answer.errors))
    #expect(try prompt.value("run(\"boom\").state") == "diverged")
    #expect(prompt("expect run(\"boom\").diverged").end == .completed)
    #expect(prompt("expect not run(\"boom\").collapsed").end == .completed)
    #expect(prompt("expect diverged").end == .completed)
    #expect(prompt("history where diverged columns name").output.contains("boom"))
    #expect(prompt("table verdict").output.contains("diverged"))
  }

  @Test func anExpectationThatFailsShowsTheValues() throws {
    prompt("loss -Pa . sg(Zb)\ntrain as \"a\"")
    let answer = prompt("expect run(\"a\").verdict == \"full\"")
    #expect(answer.end == .failed)
    #expect(
      answer.errors == """
        test:1:8: error: expected `run("a").verdict == "full"`
            expect run("a").verdict == "full"
                   ^~~~~~~~~~~~~~~~~~~~~~~~~~
          hint: `run("a").verdict` is no
        """)
    #expect(prompt("expect run(\"a\").verdict in [\"no\", \"partial\"]").end == .completed)
    #expect(prompt("expect run(\"a\").mr > 0.5 and not collapsed").end == .completed)
  }

  @Test func anUnknownRunNamesThoseThereAre() throws {
    prompt("loss -Pa . sg(Zb)\ntrain as \"simsiam\"")
    #expect(prompt("print run(\"simsian\").top1").errors.contains("hint: did you mean `simsiam`?"))
    let member = prompt("print run(\"simsiam\").tpo1")
    #expect(member.errors.contains("a run has no `tpo1`"))
    #expect(member.errors.contains("did you mean `top1`?"))
  }

  // MARK: The record

  @Test func settingsAreTypedRows() throws {
    prompt("optimizer sgd lr=0.25 momentum=0.8\nrate h lr=0\nprobe off\nmodule g = fc D\nloss -Pa . sg(Zb)\ntrain 2 steps")
    let rows = try sql("SELECT name || '=' || COALESCE(number, text, flag) FROM settings ORDER BY name")
    for row in [
      "D=32.0", "batch=64.0", "lr=0.25", "momentum=0.8", "probe=0", "rate.h=0.0", "planned_steps=2.0", "encoder=convnet",
      "encoder_width=4.0",
      "module.g=fc D", "data=shapes", "profile=quick", "epochs=1.0", "augment.crop_min=0.2"
    ] { #expect(rows.contains(row), Comment(rawValue: row)) }
  }

  @Test func theLossAsTypedAndExpanded() throws {
    prompt("let Ge = -Zn\nlet target = Zb + oe\nloss -Za . sg(target)\ntrain 1 steps")
    let report = prompt("history 1").output
    #expect(report.contains("-Za . sg(target)"))
    #expect(report.contains("-Za . sg(Zb + center(-Zn))"))
    for query in ["loss contains sg(Zb + center(-Zn))", "loss contains sg(target)", "loss contains Zn"] {
      #expect(prompt("history where \(query) columns id").output.split(separator: "\n").count == 3, Comment(rawValue: query))
    }
    #expect(!prompt("history where loss contains sg(Za) columns id").output.contains("1"))
  }

  @Test func lossContainsTellsRunsApart() throws {
    prompt("loss -Pa . sg(Zb)\ntrain 1 steps as \"stopped\"\nloss -Pa . Zb\ntrain 1 steps as \"open\"")
    let found = prompt("history where loss contains sg(Zb) columns name").output
    #expect(found.contains("stopped") && !found.contains("open"))
  }

  @Test func metricsOfEveryStep() throws {
    prompt("track angle = cos(oz, op) every step\nloss -Pa . sg(Zb)\ntrain as \"a\"")
    for metric in ["loss", "std", "mo", "mr", "mr_p", "angle"] {
      #expect(try sql("SELECT count FROM metric_summary WHERE metric = '\(metric)'") == ["8"])
    }
    for metric in ["top1", "rank"] { #expect(try sql("SELECT count FROM metric_summary WHERE metric = '\(metric)'") == ["1"]) }
  }

  @Test func aRunsNumbersAreTheTables() throws {
    prompt("loss -Pa . sg(Zb)\ntrain as \"a\"\ntrain fresh as \"b\"")
    let table = prompt("table verdict, top1, mr as csv").output.split(separator: "\n").map(String.init)
    #expect(table.first == "run,verdict,top1,mr")
    #expect(table.count == 3)
    let cells = table[1].split(separator: ",").map(String.init)
    #expect(cells[0] == "a" && cells[1] == "no")
    // The table shows four digits.
    #expect(abs(try #require(Double(cells[2])) - (try prompt.number("run(\"a\").top1"))) < 0.01)
    #expect(abs(try #require(Double(cells[3])) - (try prompt.number("last(mr of \"a\")"))) < 1e-3)
    // Both began alike.
    #expect(try prompt.value("first(loss of \"a\")") == prompt.value("first(loss of \"b\")"))
    #expect(try prompt.value("run(\"a\").loss") == prompt.value("last(loss of \"a\")"))
    #expect(try prompt.number("min(loss of \"a\")") <= prompt.number("mean(loss of \"a\")"))
  }

  @Test func seedsOfANameAreOneRow() throws {
    prompt("loss -Pa . sg(Zb)\nfor s in 1..2 { seed s; train fresh 2 steps as \"a\" }\ntrain 1 steps as \"b\"")
    let rows = prompt("table mr, \"paper\" = [1, 2] as csv").output.split(separator: "\n").map(String.init)
    #expect(rows[0] == "run,runs,mr,paper")
    #expect(rows[1].hasPrefix("a,2,0.") && rows[1].contains(" ± ") && rows[1].hasSuffix(",1"))
    #expect(prompt("table mr of \"a*\" as csv").output.split(separator: "\n").count == 2)
    #expect(prompt("table \"paper\" = [1, 2, 3]").errors.contains("the table has 2 rows, and this lists 3"))
  }

  @Test(arguments: [#"a "quoted" name"#, "O'Brien; DROP TABLE runs", "naïve · ½", "50 %", "a\\b"]) func namesAreKept(
    _ name: String
  ) throws {
    let typed = name.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
    let answer = prompt("loss -Pa . sg(Zb)\ntrain 1 steps as \"\(typed)\"\nprint run(\"\(typed)\").name")
    #expect(answer.output == name, Comment(rawValue: answer.errors))
  }

  @Test func bracesAreFilledIn() throws {
    prompt("val tau = 0.5\nloss infonce(Za, sg(Zb), tau)\ntrain 1 steps as \"tau={tau} of {2*tau}\"")
    #expect(try prompt.value("run(\"tau=0.5 of 1\").steps") == "1")
    #expect(prompt("train 1 steps as \"{nothing}\"").end == .usage)
  }

  @Test func aContinuationIsLinked() throws {
    prompt("loss -Pa . sg(Zb)\ntrain 1 steps\ntrain 1 steps\ntrain fresh 1 steps")
    #expect(try sql("SELECT id || ':' || COALESCE(continues, '-') FROM runs ORDER BY id") == ["1:-", "2:1", "3:-"])
  }

  @Test func theSeedIsTheRunsOwn() throws {
    prompt("seed 4\nloss -Pa . sg(Zb)\ntrain 1 steps\nseed 5\ntrain 1 steps\ntrain fresh 1 steps")
    #expect(try sql("SELECT seed FROM runs ORDER BY id") == ["4", "4", "5"])
  }

  // MARK: Statements

  @Test func theEchoOfTanh() throws {
    #expect(
      prompt("predictor tanh(fc)").notes == [
        "tanh(fc): after every step weight ← tanh(weight), as in Table 5; it is no activation"
      ])
  }

  @Test func theEchoOfALoss() throws {
    #expect(
      prompt("let Ge = -Zn\nloss -Za . sg(Zb + oe)").notes.last == """
        loss = (-Za . sg(Zb + center(-Zn)))/2 + swap(-Za . sg(Zb + center(-Zn)))/2
          -∂loss/∂Za ∝ Zb + oe     gradient reaches: encoder, projector     stopped at: sg(Zb + oe)
        """)
    #expect(
      prompt("loss onesided -Pa . sg(Zb)").notes.last == """
        loss = -Pa . sg(Zb)
          -∂loss/∂Pa ∝ Zb     gradient reaches: encoder, projector, h     stopped at: sg(Zb)
        """)
    #expect(prompt("loss sg(Za) . sg(Zb)").notes.last?.contains("gradient reaches: nothing") == true)
  }

  @Test func evaluationsOfFrozenFeatures() throws {
    prompt("loss -Pa . sg(Zb)\ntrain 4 steps")
    let knn = prompt("evaluate knn k=5").output
    #expect(knn.hasPrefix("knn top1 "))
    let linear = prompt("evaluate linear epochs=2").output
    #expect(linear.hasPrefix("linear top1 "))
    #expect(prompt("evaluate knn k=5").output == knn)
  }

  @Test func checkingTrainsNothing() throws {
    let text =
      Prompt.small + "loss -Pa . sg(Zb)\ntrain as \"a\"\nexpect run(\"a\").verdict == \"no\"\nprint Za\nloss -Za . sg(fb)"
    let checked = try Prompt()
    let answer = checked.check(text)
    #expect(answer.end == .usage)
    #expect(
      answer.errors.contains("test:9:15: error: `Za` is batch × dim 32, `fb` is batch × feature 32"),
      Comment(rawValue: answer.errors))
    #expect(answer.results == [] && answer.notes == [] && answer.progressCount == 0)
    #expect(checked("sql SELECT count(*) FROM runs").output.hasSuffix("0"))
  }

  @Test func whatWasNotRecordedIsMissing() throws {
    prompt("probe off\nloss -Pa . sg(Zb)\ntrain 1 steps as \"a\"")
    #expect(try prompt.value("run(\"a\").top1") == "missing")
    let answer = prompt("expect run(\"a\").top1 > 30")
    #expect(answer.end == .usage)
    #expect(answer.errors.contains("`run(\"a\").top1` was not recorded, so it cannot be compared"))
    #expect(prompt("table top1 as csv").output == "run,top1\na,missing")
  }

  @Test func aMetricOnTheTestSet() throws {
    prompt("track t = mr every epoch on test\nloss -Pa . sg(Zb)\ntrain as \"a\"")
    #expect(abs(try prompt.number("run(\"a\").t") - (Double(prompt("print mr on test").output) ?? .nan)) < 1e-6)
  }

  @Test func everyMetricHasItsFormula() throws {
    prompt("track angle = cos(oz, op) every epoch\nloss -Pa . sg(Zb)\ntrain as \"a\"")
    let without = "SELECT metric FROM metric_summary WHERE metric NOT IN (SELECT metric FROM metric_formula)"
    #expect(try sql(without) == [])
    #expect(try sql("SELECT formula FROM metric_formula WHERE metric = 'angle'") == ["cos(oz, op)"])
  }

  @Test func aProfileSaysWhatItIs() throws {
    #expect(
      prompt("use quick dim=64 epochs=2").notes == [
        "quick: convnet width 16, D = 64, batch 256, lr 0.5, 2 epochs, warm-up 1, constant rate for h"
      ])
  }
}
