import Commands
import Testing

/// `let` is re-read, `val` is computed now, `for` binds like `let`.
@Suite struct BindingTests {
  @Test func aFormulaIsReadAnew() throws {
    let prompt = try Prompt("val a = 2\nlet twice = 2*a")
    #expect(try prompt.value("twice") == "4")
    prompt("val a = 5")
    #expect(try prompt.value("twice") == "10")
    prompt("let a = 7")
    #expect(try prompt.value("twice") == "14")
  }

  @Test func aValueStays() throws {
    let prompt = try Prompt("val a = 2\nval twice = 2*a\nval a = 5")
    #expect(try prompt.value("twice") == "4")
    prompt("val a = a + 1")
    #expect(try prompt.value("a") == "6")
  }

  @Test func aFormulaMayLeaveANameFree() throws {
    let prompt = try Prompt(Prompt.small)
    let defined = prompt("let pull = infonce(Za, sg(Zb), tau)")
    #expect(defined.end == .completed)
    #expect(defined.notes == ["pull leaves `tau` free"])
    let loop = prompt("for tau in [0.1, 0.5] { print pull - infonce(Za, Zb, tau) }")
    #expect(loop.results == ["0", "0"])
    // Blocks open no scope: the last one stays.
    #expect(try prompt.value("tau") == "0.5")
  }

  /// What can be said of names alone is not put off until there is data.
  @Test(arguments: [
    ("loss -Pa . detach(Zb)", "there is no function `detach`", "here it is `sg(x)`"), ("loss -Pa . sg(Zbb)", "there is no `Zbb`", "`Zb`"),
    ("loss onesided -Pa . sg(target)", "there is no `target`", "`let target = …`"),
    ("loss alternating -Pa . sg(Zb), mean(Qa)", "there is no `Qa`", "did you mean"),
    ("let x = detach(Zb)", "there is no function `detach`", "`sg(x)`")
  ])
  func whatMeansNothingIsToldBeforeThereIsData(_ statement: String, _ message: String, _ hint: String) throws {
    let prompt = try Prompt()
    let answer = prompt(statement)
    #expect(answer.end == .usage && answer.errors.contains(message) && answer.errors.contains(hint), Comment(rawValue: answer.errors))
    #expect(prompt("loss -Pa . sg(x)").errors.contains("there is no `x`"))
    #expect(prompt("data shapes train=64 test=16; use quick dim=8; batch 16; train 1 steps").errors.contains("there is no loss to train yet"))
  }

  @Test func whatMeansSomethingNeedsNoData() throws {
    let prompt = try Prompt("val tau = 0.2\nlet Ge = -Zn\nlet pull = infonce(Za, sg(Zb), t)\nmodule k = fc D")
    for loss in [
      "-Za . sg(Zb + oe)", "infonce(Za, sg(Zb), tau)", "sum(Z[1] . Z[i] for i in 2..3)", "-normalize(k(za)) . sg(Zb)",
      "mean(norm(center(Za, batch)))",
      "-Pa . sg(Tb)", "std(Za) + std"
    ] {
      let answer = prompt("loss " + loss)
      #expect(answer.end == .completed && answer.errors == "", Comment(rawValue: loss + "\n" + answer.errors))
    }
  }

  @Test func redefiningSaysWhatElseChanges() throws {
    let prompt = try Prompt(Prompt.small + "let Ge = -Zn\nlet target = Zb + oe\nloss -Za . sg(target)")
    #expect(prompt("let Ge = Zb").notes.last == "  this also changes `target`, `loss`")
    #expect(prompt("let lonely = Zb").notes == ["lonely : batch × dim"])
  }

  @Test func aWrongFormulaLeavesTheOldOne() throws {
    let prompt = try Prompt(Prompt.small + "let target = Zb")
    #expect(prompt("let target = Zb + fb").end == .usage)
    #expect(try prompt.number("max(abs(target - Zb))") == 0)
    #expect(prompt("let fresh = Zb + fb").end == .usage)
    #expect(prompt("print fresh").errors.contains("there is no `fresh`"))
  }

  @Test func theEchoHasTheShape() throws {
    let prompt = try Prompt(Prompt.small)
    #expect(
      prompt("let Ge = -Zn").notes == [
        "Ge : batch × dim     extra gradient; oe = center(Ge), re = residual(Ge) are now defined"
      ])
  }

  @Test(arguments: ["[1, 2, 3]", "1..3", "[x for x in 1..3]", "ones(3) * [1, 2, 3]"])
  func forRunsOverListsRangesAndVectors(_ list: String) throws {
    #expect(try Prompt()("for x in \(list) { print x }").results == ["1", "2", "3"])
  }

  @Test func forTakesFormulasAndText() throws {
    let prompt = try Prompt(Prompt.small)
    let loop = prompt("for E in [-Za . sg(Zb), -Pa . sg(Zb)] { loss E; print loss - (E + swap(E))/2 }")
    #expect(loop.results == ["0", "0"])
    #expect(try Prompt()("for n in [\"a\", \"b\"] { print \"run {n}\" }").results == ["run a", "run b"])
  }

  @Test func aLoopVariableIsReadByFormulas() throws {
    #expect(try Prompt("let square = x*x")("for x in 1..3 { print square }").results == ["1", "4", "9"])
  }

  @Test func ifTakesOneBranch() throws {
    let prompt = try Prompt("val a = 2")
    #expect(prompt("if a > 1 { print \"more\" } else { print \"less\" }").output == "more")
    #expect(prompt("if a > 3 { print \"more\" } else if a > 1 { val b = 4 }").output == "")
    #expect(try prompt.value("b") == "4")
  }

  @Test(arguments: [("τ", "tau"), ("tau", "τ"), ("η", "eta"), ("λ0", "lambda0")])
  func greekAndLatinAreOneName(_ written: String, _ read: String) throws {
    #expect(try Prompt("val \(written) = 3").value(read) == "3")
  }

  @Test func ansIsTheLastResult() throws {
    let prompt = try Prompt()
    prompt("3 + 4", mode: .prompt)
    #expect(prompt("ans * 2", mode: .prompt).output == "14")
    #expect(prompt("ans + 1", mode: .prompt).output == "15")
  }

  @Test func anOverrideTakesTheFirstValue() throws {
    var options = SessionOptions(databasePath: ":memory:")
    options.settings = ["tau": "0.2", "name": "of mine", "unused": "1"]
    let prompt = try Prompt(options: options)
    prompt("val tau = 0.5\nval name = \"given\"")
    #expect(try prompt.value("tau") == "0.2")
    #expect(try prompt.value("name") == "of mine")
    prompt("val tau = 0.7")
    #expect(try prompt.value("tau") == "0.7")
  }

  @Test func clearForgets() throws {
    let prompt = try Prompt("val a = 1\nlet b = a")
    prompt("clear a b")
    #expect(prompt("print a").end == .usage)
    let unknown = prompt("clear a")
    #expect(unknown.errors.contains("you have not defined `a`"))
  }

  /// A value computed of a batch is that batch's, whatever is trained or defined afterwards.
  @Test func aValueOfABatchIsKept() throws {
    let prompt = try Prompt(Prompt.small + "loss -Pa . sg(Zb)\nval W = Za\nprint W[1, 1]")
    let before = try prompt.value("W[1, 1]")
    prompt("train 2 steps")
    #expect(try prompt.value("W[1, 1]") == before)
    #expect(try prompt.value("Za[1, 1]") != before)
  }

  @Test func strictJSON() throws {
    var options = SessionOptions(databasePath: ":memory:")
    options.format = .json
    let prompt = try Prompt(options: options)
    let answer = prompt("print [[1, 2], [3, 4]]/3\nprint \"a \\\"b\\\"\", 1 < 2, log(-1), 1/0")
    #expect(
      answer.results == [
        "[[0.333333343, 0.666666687], [1, 1.33333337]]", #""a \"b\"""#, "true", "null", "null"
      ])
  }

  /// What is computed again is what is asked for now, also where a statement puts its formula together.
  @Test func whatIsAskedAgain() throws {
    let prompt = try Prompt("val A = [[1, 0], [0, 1], [2, 5]]\nval B = [[9, 0], [0, 90], [7, 7]]")
    let first = ["decompose A", "decompose B", "plot spectrum A", "plot spectrum B"].map { prompt($0).output }
    #expect(Set(first).count == 4)
    for _ in 1...2 { #expect(["decompose A", "decompose B", "plot spectrum A", "plot spectrum B"].map { prompt($0).output } == first) }
    prompt("val C = [1, 2]")
    let ranges = ["0..1", "0..10", "0..100", "0..1"].map { prompt("plot sum(C * x) against x in \($0)").output }
    #expect(Set(ranges).count == 3 && ranges[0] == ranges[3])
    prompt("val z = 0")
    for _ in 1...2 { #expect(try prompt.value("sum(C / z)") == "inf") }
    prompt("val z = -0")
    #expect(try prompt.value("sum(C / z)") == "-inf")
  }
}
