import Testing

/// `ans`: the last result, and what the record keeps of it.
@Suite struct LastAnswerTests {
  @Test func itIsTheLastResult() throws {
    let prompt = try Prompt()
    #expect(prompt("40 + 2\nans / 2", mode: .prompt).results == ["42", "21"])
    #expect(prompt("print 1, 2, 3\nprint ans").results == ["1  2  3", "3"])
    #expect(prompt("[[3, 4], [1, 0]]\nnorm(ans)\nans . ans", mode: .prompt).results.last == "26")
    #expect(prompt("print \"text\"\nprint ans").results == ["text", "text"])
  }

  @Test func beforeTheFirstResultThereIsNone() throws {
    let shown = try Prompt()("print ans")
    #expect(shown.end == .usage && shown.errors.contains("ans"))
  }

  @Test func aFormulaOfThatNameIsKept() throws {
    #expect(try Prompt()("let ans = 2 + 3\nprint 7\nprint ans + 1").results == ["7", "6"])
  }

  /// What printed is not in the record, its value is: where it was used, and whenever it changed behind a formula that looks at it.
  @Test func aRunIsMadeAgain() throws {
    let prompt = try Prompt(Prompt.small)
    let shown = prompt(
      """
      print 0.5 + 0.25
      optimizer sgd lr=ans
      loss -Za . sg(Zb)
      train 2 steps as "a"
      print mr
      val weight = ans
      let scaled = ans * weight
      print 0.125
      loss -Za . sg(Zb) + scaled * mean(za)
      train 3 steps as "b"
      print 99
      train 2 steps as "c"
      verify a
      verify b
      verify c
      """)
    #expect(shown.end == .completed, Comment(rawValue: shown.errors))
    #expect(shown.results.suffix(3).allSatisfy { $0.contains("is reproduced") })
  }

  @Test func whatDoesNotUseItIsRecordedWithoutIt() throws {
    let prompt = try Prompt(Prompt.small + "print 7\nlet x = 3\nval y = 4\nloss -Za . sg(Zb)\ntrain 1 steps\n")
    #expect(!prompt("history 1").output.contains("val ans"))
    #expect(prompt("val z = ans\ntrain 1 steps\nhistory 2").output.contains("val ans = 7.0"))
  }
}
