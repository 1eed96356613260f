import Commands
import Testing

/// Text in double quotes is a value like any other: what stands in its braces is filled in where it is written, once.
@Suite struct TextTests {
  @Test(arguments: [
    ("val a = \"b\"; val x = \"{a}\"; val a = \"c\"; print x", "b"),
    ("val x = \"a\"; val x = \"{x}{x}\"; print x, \"{x}\"", "aa  aa"),
    ("val x = 1; print \"a{x}\" == \"a1\", \"a1\" in [\"a{x}\"], [\"a{x}\"]", "true  true  [a1]"),
    ("val x = 1; for n in [\"t{x}\"] { print n, n == \"t1\" }", "t1  true"),
    ("print [\"s{i}{2*i}\" for i in 1..3]", "[s12, s24, s36]"),
    ("val z = \"{{q}\"; print z, \"{z}\", \"{{{z}\"", "{q}  {q}  {{q}"),
    // A formula is read again wherever it is used.
    ("let t = \"a{x}\"; val x = 3; print t; val x = 4; print t", "a3 a4"),
    ("print \"{[1, 2]} {true} {1 < 2} {norm([3, 4])}\"", "[1, 2] true true 5"),
    ("print \"a{1 + 1}\"; print ans, ans == \"a2\"", "a2 a2  true")
  ])
  func isFilledInOnce(_ text: String, _ expected: String) throws {
    let answer = try Prompt()(text)
    #expect(answer.end == .completed && answer.results.joined(separator: " ") == expected, Comment(rawValue: answer.output + answer.errors))
  }

  @Test(arguments: [
    ("val s = \"{zz}\"", "in `{zz}`: there is no `zz`"), ("print \"{\"", "`{` is not closed in \"{\""), ("let t = \"{1 +}\"; print t", "in `{1 +}`: ")
  ])
  func isWrongWhereItIsWritten(_ text: String, _ message: String) throws {
    let answer = try Prompt()(text)
    #expect(answer.end == .usage && answer.errors.contains(message), Comment(rawValue: answer.errors))
  }

  /// A value of the batch is computed for it; in a check it is not.
  @Test func ofABatch() throws {
    let prompt = try Prompt(Prompt.small + "loss -Pa . sg(Zb)\n")
    #expect(prompt("val m = mean(norm(za)); print \"{m}\" == \"{mean(norm(za))}\"").output == "true")
    #expect(try Prompt().check(Prompt.small + "loss -Pa . sg(Zb)\nprint \"{za}\"\nval t = \"{run(\"a\").mr}\"\n").errors.contains("expected"))
    #expect(try Prompt().check(Prompt.small + "loss -Pa . sg(Zb)\nprint \"{za} {run(1).mr}\"\n").end == .completed)
  }

  /// A name with a brace in the record is that name again.
  @Test func inTheRecord() throws {
    let prompt = try Prompt(Prompt.small + "loss -Pa . sg(Zb)\nval name = \"{{x}\"\nwatch loss < -9 stop \"{{never}\"\ntrain 2 steps as name\n")
    #expect(prompt("rerun 1 as \"{{y}\"; rerun 2 with lr=0.1").end == .completed)
    #expect(prompt("history columns name sort id format csv").output == "name\n{x}\n{y}\n{y}")
    for run in 1...3 { #expect(prompt("verify \(run)").end == .completed) }
  }
}
