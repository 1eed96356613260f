import Commands
import TestSupport
import Testing

/// A check tells every mistake that stands for itself, and none that follows from another.
@Suite struct CheckAllTests {
  private func mistakes(_ text: String) throws -> [String] {
    let answer = try Prompt().check(Prompt.small + text)
    #expect(answer.results.allSatisfy { !$0.contains("no mistakes found") } || answer.diagnostics.isEmpty)
    return answer.diagnostics.map { "\($0.site?.line ?? 0)" }
  }

  @Test func everyMistakeOnce() throws {
    #expect(try mistakes("print missing\nprint 1\nprint also_missing\ntrain 0\n") == ["5", "7", "8"])
    // What a wrong statement would have defined is no mistake of those that use it.
    #expect(try mistakes("let x = missing\nprint x\nlet y = x + 1\nprint y\nval x = 2\nprint other\n") == ["5", "10"])
    // A loss that is wrong keeps quiet all that needs one; the next is judged again.
    #expect(try mistakes("loss -Za . sg(fb)\ntrain 1 steps\nflow loss\nloss -Za . sg(Zb)\ntrain 0\n") == ["5", "9"])
    #expect(try mistakes("encoder resnet99\nloss -Za . sg(Zb)\ntrain 1 steps\n") == ["5"])
  }

  @Test func mistakesOfForm() throws {
    #expect(try mistakes("print 1 +* 2\nprint )\nprint 3\n") == ["5", "6"])
    #expect(try mistakes("print missing\nlet = 3\n") == ["5", "6"])
    #expect(try mistakes("for i in 1..2 {\n  print )\n}\nprint 1\n") == ["6"])
    // In a block, and in blocks of blocks, what follows is read; what stands in it is not run, since it is not whole.
    #expect(try mistakes("for i in 1..2 {\n  print )\n  print missing\n  let = 4\n}\nprint )\nprint missing\n") == ["6", "8", "10"])
    let nested = "if true {\n  for i in 1..2 {\n    print 1 +* 2\n    if i > 1 {\n      let = 4\n    }\n    print (1\n  }\n  val = 1\n}\nprint 1\n"
    #expect(try mistakes(nested) == ["7", "9", "11", "13"])
    // Where a brace stands in the line, nobody knows whose the next line is.
    #expect(try mistakes("for i in 1..2 {\n  for j i 1..2 {\n    print )\n  }\n}\nprint )\n") == ["6"])
    // Lines that cannot even be cut into words, and a list over several lines, are one mistake each.
    #expect(try mistakes("if true {\n  let = 1\n  ~bad\n  ~bad\n  let = 5\n}\nlet = 2\n") == ["6", "7", "8", "9", "11"])
    #expect(try mistakes("if true {\n  val l = [1,\n    2 3,\n    4,\n    5]\n  let = 5\n}\nlet = 2\n") == ["7", "10", "12"])
    #expect(try mistakes("if true {\n  print \"never closed\n  print )\n}\n") == ["6", "7"])
  }

  @Test func neededPermissions() throws {
    let answer = try Prompt().check(Prompt.small + "if 1 > 2 { history > \"x.csv\" }\nplot x against x in 0..1 to \"x.svg\"\n")
    #expect(answer.results == ["test: needs --allow-run --allow-write", "test: no mistakes found"], Comment(rawValue: answer.output))
    #expect(try Prompt().check("print 1\n").results == ["test: no mistakes found"])
  }

  /// A run that no statement makes, however its name is made, and that is not in the history.
  @Test func runsThatThereAreNot() throws {
    let script =
      Prompt.small + """
        loss -Pa . sg(Zb)
        train 1 steps as "a"
        for t in [1, 2] { train 1 steps as "t={t}" }
        if run("a").mr > 2 { rerun "a" as "again" }
        plot mr of "a", "t=1", "t*", "again"
        print run("t=2").mr, max(loss of "a"), "{run(1).mr}"
        table mr of "t=*"
        compare "a" "again"

        """
    #expect(try Prompt().check(script).diagnostics.isEmpty)
    let wrong = try Prompt().check(
      script + "plot mr of \"nope\"\nprint run(\"aa\").mr, max(loss of \"b\")\ncompare \"a\" \"c\"\nif false { plot mr of \"x*\", \"d\" }\n")
    #expect(wrong.end == .completed)
    #expect(wrong.diagnostics.map { $0.site?.text } == ["\"nope\"", "\"aa\"", "\"b\"", "\"c\"", "\"d\""], Comment(rawValue: wrong.errors))
    // A computed name may be any.
    #expect(try Prompt().check(script + "val n = \"q\"\ntrain 1 steps as n\nplot mr of \"nope\"\n").diagnostics.isEmpty)
  }

  /// Each of several scripts stands for itself.
  @Test func oneScriptLeavesTheNextNothing() throws {
    let home = try TemporaryFolder()
    let paths = [try home.write("val tau = 1", to: "a.siam"), try home.write("print tau", to: "b.siam")]
    let check = try SiamProcess.run(["check"] + paths, home: home)
    #expect(check.status == 2 && check.output.contains("a.siam: no mistakes found") && check.errors.contains("there is no `tau`"))
    // Nor does the first use up what was overridden.
    let set = try SiamProcess.run(
      ["check", "--set", "tau=x1"] + [paths[0], try home.write("val tau = 2\nval x1 = tau + 1", to: "c.siam")], home: home)
    #expect(set.status == 2, Comment(rawValue: set.output + set.errors))
  }

  @Test func aScriptThatChecksItself() throws {
    let home = try TemporaryFolder()
    let path = try home.write("check \"self.siam\"", to: "self.siam")
    for command in ["check", "run"] {
      let answer = try SiamProcess.run([command, path], home: home)
      #expect(answer.status == 2 && answer.errors.contains("`self.siam` checks itself"), Comment(rawValue: answer.errors))
    }
    _ = try home.write("check \"two.siam\"", to: "one.siam")
    let other = try home.write("check \"one.siam\"", to: "two.siam")
    let answer = try SiamProcess.run(["run", other], home: home)
    #expect(answer.status == 2 && answer.errors.contains("`two.siam` checks itself"), Comment(rawValue: answer.errors))
  }
}
