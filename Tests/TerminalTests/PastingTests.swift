import Terminal
import TestSupport
import Testing

/// What comes all at once.
@Suite struct PastingTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func start(changes: [String: String?] = [:]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(home: home, changes: changes)
    try terminal.expect("siam> ")
    return terminal
  }

  private func paste(_ text: String, into terminal: PseudoTerminal) throws -> String {
    try terminal.type("\u{1B}[200~\(text)\u{1B}[201~")
    return try terminal.run("")
  }

  @Test func aNotebookRunsItsInputsAlone() throws {
    let notebook =
      "# ## Prose\nval A = [3, 4]\nprint norm(A)\n#> 7\nfor x in [1, 2] {\n\tprint x * 10\n}\n#> 1\n!echo from the shell\nprint ans + 1\n"
    let terminal = try start()
    let shown = try paste(notebook, into: terminal)
    #expect(shown.contains("5\r\n10\r\n20\r\n") && shown.contains("\r\n21\r\n"))
    #expect(!terminal.transcript.contains("error"))
  }

  /// A page may hold more than its reader sees.
  @Test func theShellRunsNothingThatWasPasted() throws {
    let terminal = try start()
    let refusal = "was pasted, and not run: the up arrow brings it back"
    #expect(try paste("!echo $((40 + 2))", into: terminal).contains("`!echo $((40 + 2))` \(refusal)"))
    #expect(try !paste("print 1\n!echo $((50 + 3))\nprint 2", into: terminal).contains("\n53"))
    #expect(try terminal.run(PseudoTerminal.Key.up).contains("53\r\n"))
    // What stands behind a `!` that was typed is its reader's.
    try terminal.type("!echo ")
    #expect(try paste("$((60 + 4))", into: terminal).contains("64\r\n"))
  }

  /// Each statement is read when those before it have run.
  @Test func linesRunOneAfterAnother() throws {
    let terminal = try start()
    let shown = try paste("print 40 + 2\nprnt 1\nprint 3", into: terminal)
    #expect(shown.contains("42\r\n") && shown.contains("not a statement"))
    #expect(shown.contains("what stands behind it was not run"))
    #expect(!shown.contains("\n3\r\n"))
  }

  @Test func tabsCompleteNothing() throws {
    let terminal = try start()
    #expect(try paste("prin\t20 + 2", into: terminal).contains("22\r\n"))
    #expect(!terminal.transcript.contains("print"))
    #expect(try paste("print\t40 +\t2", into: terminal).contains("42\r\n"))
  }

  @Test func aTerminalThatMarksNoPasteIsSparedToo() throws {
    let terminal = try start(changes: ["TERM": "dumb"])
    try terminal.type("prin\t1\rprint 40\t+ 2\r")
    let first = try terminal.expect("42\r\n")
    #expect(first.contains("prin 1"))
  }

  @Test func piecesEndWhereStatementsEnd() {
    #expect(PromptInput("a\nb").pieces == ["a", "b"])
    #expect(PromptInput("sum([1,\n2])\n\nb").pieces == ["sum([1,\n2])", "b"])
    #expect(PromptInput("if x {\n a\n}\nelse {\n b\n}\nc").pieces == ["if x {\n a\n}\nelse {\n b\n}", "c"])
    #expect(PromptInput("!echo (\nb +").pieces == ["!echo ("])
    #expect(PromptInput("!echo (\nb +").isIncomplete)
    #expect(PromptInput("b +").all == ["b +"])
    #expect(!PromptInput("").isIncomplete)
  }
}
