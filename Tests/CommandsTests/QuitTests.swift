import Commands
import Testing

/// What leaves.
@Suite struct QuitTests {
  @Test(arguments: ["quit", "q", "exit"]) func leavesThePrompt(word: String) throws {
    let answer = try Prompt()(word, mode: .prompt)
    #expect(answer.end == .quit && answer.errors == "")
  }

  /// Who writes a call is told.
  @Test(arguments: [
    ("quit()", "a statement is written without parentheses"), ("exit()", "here it is `quit`"), ("exit 0", "hint: `quit`")
  ])
  func otherForms(text: String, hint: String) throws {
    let answer = try Prompt()(text, mode: .prompt)
    #expect(answer.end == .usage && answer.errors.contains(hint), Comment(rawValue: answer.errors))
  }

  /// Keywords are written out in scripts, and a name of the user's is his.
  @Test func exitIsNoKeyword() throws {
    let script = try Prompt()("exit")
    #expect(script.end == .usage && script.errors.contains("keywords are written out in scripts: `quit`"), Comment(rawValue: script.errors))
    #expect(try Prompt("val exit = 3")("exit + 1", mode: .prompt).output == "4")
  }
}
