import Foundation
import TestSupport
import Testing

/// `siam test` and `siam update`, as they are called.
@Suite struct NotebookCommandTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private static let training = """
    # # Two steps
    data shapes train=64 test=16; use quick dim=16; encoder mlp 16; batch 16; loss -Za . sg(Zb)
    train 2 steps as "a"

    """

  private func siam(_ arguments: String...) throws -> SiamProcess { try SiamProcess.run(arguments, home: home) }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func updateThenTest() throws {
    let path = try home.write(
      Self.training + "# The norm:\nprint norm([3, 4])\n"
        + "history columns id, name, steps, started\ntable steps, mr\nfor i in 1..2 { print i }\nprint \"\"", to: "n.siam")
    let bare = try siam("test", path)
    #expect(bare.status == 0 && bare.output.hasSuffix("n.siam: runs; it has no `#>` outputs to compare (`siam update` writes them)\n"))
    let updated = try siam("update", path)
    #expect(updated.status == 0 && updated.output.hasSuffix("n.siam: 5 outputs written\n"), Comment(rawValue: updated.errors))
    let written = try text(path)
    #expect(written.contains("print norm([3, 4])\n#> 5\n") && written.contains("for i in 1..2 { print i }\n#> 1\n#> 2\nprint \"\"\n#>"))
    let tested = try siam("test", path)
    #expect(tested.status == 0 && tested.output.hasSuffix("n.siam: 5 outputs as recorded\n"), Comment(rawValue: tested.output + tested.errors))
    #expect(try siam("update", path).output.hasSuffix("n.siam: up to date\n"))
    #expect(try text(path) == written)
    // A script all the same, and what was recorded is none of its answers.
    let run = try siam("run", path)
    #expect(run.status == 0 && run.output.hasPrefix("5\nid  name"))
    // Neither the test nor the update left a run in the history.
    #expect(try siam("history", "--format", "csv").output.split(separator: "\n").count == 2)
  }

  @Test func whatDiffers() throws {
    let path = try home.write("print 1.5\n#> 1.5\n# next\nprint [0.5, 2]\n#> [0.75, 2]\nprint 3\nlet x = 1\n#> 7\n", to: "n.siam")
    let tested = try siam("test", path)
    #expect(tested.status == 1)
    #expect(
      tested.output == """
        \(path):5: `print [0.5, 2]`
          - [0.75, 2]
          + [0.5, 2]
          0.5 is 0.25 off; allowed: 0.001 relative, 1e-06 absolute
        \(path):6: `print 3` has no output recorded
          + 3
        \(path):8: `let x = 1`
          - 7
        \(path): 3 of 4 outputs differ

        """)
    #expect(try siam("test", path, "--tolerance", "0.5").output.contains(": 2 of 4 outputs differ"))
    for arguments in [["--tolerance", "-1"], ["--tolerance=-1"]] {
      let test = try SiamProcess.run(["test", path] + arguments, home: home)
      #expect(test.status == 2 && test.errors.hasPrefix("Error: `--tolerance` is a number from 0 on, not -1."), Comment(rawValue: test.errors))
    }
  }

  @Test func itsOwnTolerance() throws {
    let path = try home.write("print 1.5\n#> 1.6\n#~ tolerance 0.1\nprint 1.5\n#> 1.6\n", to: "n.siam")
    #expect(try siam("test", path).output.contains("1 of 2 outputs differs"))
    #expect(try siam("test", path, "--tolerance", "0.2").status == 0)
  }

  @Test func howItEnds() throws {
    let failing = try home.write("print 1\n#> 2\nexpect 1 > 2\nprint 3\n#> 3\n", to: "failing.siam")
    let wrong = try home.write("print 1\n#> 1\nprint missing_name\n", to: "wrong.siam")
    let torn = try home.write("print 1\n#> 2\nprint (\n", to: "torn.siam")
    let right = try home.write("print 1\n#> 1\n", to: "right.siam")
    let failed = try siam("test", failing)
    #expect(failed.status == 1 && failed.output.hasSuffix("failing.siam: ended by line 3; 1 before it differ\n"), Comment(rawValue: failed.output))
    #expect(failed.errors.contains("failing.siam:3:"))
    #expect(try siam("test", wrong).status == 2)
    // A mistake in the last line is found before the first statement is run.
    let unread = try siam("test", torn)
    #expect(unread.status == 2 && unread.output.isEmpty && unread.errors.contains("torn.siam:3:"))
    let both = try siam("test", wrong, right)
    #expect(both.status == 2 && both.output.contains("right.siam: 1 output as recorded"))
    #expect(try siam("test", right, home.path + "/missing.siam").status == 2)
    for path in [failing, wrong, torn] {
      let before = try text(path)
      let updated = try siam("update", path)
      #expect(updated.status == (path == failing ? 1 : 2))
      #expect(try text(path) == before)
    }
    #expect(try siam("update", failing).output.contains("failing.siam: left as it was"))
  }

  @Test func updateKeepsTheFile() throws {
    let path = try home.write("print 1\n", to: "real.siam")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    try FileManager.default.createSymbolicLink(atPath: home.path + "/link.siam", withDestinationPath: path)
    #expect(try siam("update", home.path + "/link.siam").status == 0)
    #expect(try text(path) == "print 1\n#> 1\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: home.path + "/link.siam") == path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.path).filter { $0.hasSuffix(".tmp") } == [])
  }

  @Test func whatIsForTheReaderAlone() throws {
    let path = try home.write("print randn(2)\n#> …\nprint 2\n#> …\n#> 1\n", to: "n.siam")
    #expect(try siam("test", path).status == 0)
    #expect(try siam("update", path).status == 0)
    #expect(try text(path) == "print randn(2)\n#> …\nprint 2\n#> …\n#> 2\n")
  }

  /// A notebook is a script: it may not write what it is not allowed to.
  @Test func permissions() throws {
    let path = try home.write("history > \"out.csv\"\n", to: "n.siam")
    #expect(try siam("test", path).status == 2)
    #expect(try siam("test", path, "--allow-write").status == 0)
  }

  @Test func aHistoryThatIsNamed() throws {
    let path = try home.write(Self.training + "print 1\n#> 1\n", to: "n.siam")
    #expect(try siam("test", path, "--db", home.path + "/other.sqlite").status == 0)
    #expect(try siam("history", "--db", home.path + "/other.sqlite", "--format", "csv").output.contains("a"))
    #expect(!FileManager.default.fileExists(atPath: home.path + "/history.sqlite"))
  }

  /// Ctrl-C ends the test, and an update leaves the file as it was.
  @Test(arguments: ["test", "update"]) func interrupted(command: String) throws {
    let text = Self.training.replacing("2 steps", with: "100000 steps") + "print 1\n#> 2\n"
    let path = try home.write(text, to: "n.siam")
    let terminal = try PseudoTerminal([command, path], home: home)
    try terminal.expect("epoch")
    terminal.send(SIGINT)
    #expect(try terminal.waitForEnd() == 130)
    #expect(try self.text(path) == text)
    #expect(terminal.transcript.contains(command == "test" ? "interrupted in line 3" : "left as it was"))
  }

  /// Pasting a notebook with its outputs runs the inputs only.
  @Test(arguments: [true, false]) func pasted(isBracketed: Bool) throws {
    let terminal = try PseudoTerminal(home: home)
    try terminal.expect("siam> ")
    let text = "# prose\nval a = 20\nprint a + 1\n#> 99\nfor i in 1..2 {\n  print a + i*10\n}\n#> 1\n#> 2\nprint a + 3\n#> 5\n"
    let lines = text.replacing("\n", with: "\r")
    try terminal.type(isBracketed ? "\u{1B}[200~\(lines)\u{1B}[201~\r" : lines)
    for answer in ["21\r\n", "30\r\n", "40\r\n", "23\r\n"] { try terminal.expect(answer) }
    try terminal.run("print 1234")
    #expect(!terminal.transcript.contains("error"))
  }
}
