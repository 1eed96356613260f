import Foundation
import TestSupport
import Testing

/// `siam` without a terminal: what goes where, and how it ends.
@Suite struct CommandLineTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func siam(_ arguments: String..., input: String = "", changes: [String: String?] = [:]) throws -> SiamProcess {
    try SiamProcess.run(arguments, input: input, home: home, changes: changes)
  }

  @Test func statementsOfTheCommandLine() throws {
    let run = try siam("-e", "print 1 + 1", "-e", "print 3 + 4")
    #expect(run.output == "2\n7\n")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test func statementsMayBeginWithADash() throws {
    #expect(try siam("-e", "-3 + 1").output == "-2\n")
  }

  @Test func oneNameIsKnownToTheNext() throws {
    #expect(try siam("-e", "val tau = 3", "-e", "print tau + 1").output == "4\n")
  }

  @Test func aScript() throws {
    try home.write("# a comment\nprint 40 + 2\n", to: "answer.siam")
    let run = try siam("run", "answer.siam")
    #expect(run.output == "42\n")
    #expect(run.status == 0)
  }

  @Test(arguments: [[], ["-"], ["run", "-"], ["-", "--quiet"], ["--quiet", "-"]])
  func standardInput(arguments: [String]) throws {
    let run = try SiamProcess.run(arguments, input: "print 40 + 2\n", home: home)
    #expect(run.output == "42\n")
    #expect(run.status == 0)
  }

  @Test func aFailedExpectationIsOne() throws {
    let run = try siam("-e", "expect 1 == 2")
    #expect(run.output == "")
    #expect(run.errors.contains("error"))
    #expect(run.status == 1)
  }

  @Test func aWrongStatementIsTwo() throws {
    let run = try siam("-e", "prnt 1")
    #expect(run.output == "")
    #expect(run.errors.contains("error"))
    #expect(run.status == 2)
  }

  @Test(arguments: [
    ["--bogus"], ["bogus"], ["run"], ["run", "a", "b"], ["--format", "xml"], ["--set", "tau"], ["--set", "=1"], ["check"],
    ["sql"], ["-e"], ["run", "a.siam", "-e", "print 1"], ["bench", "--steps", "0"], ["bench", "--steps", "many"], ["bench", "a.siam", "b.siam"],
    ["bench", "a.siam", "-e", "loss -Za . Zb"]
  ])
  func wrongUsageIsTwo(arguments: [String]) throws {
    let run = try SiamProcess.run(arguments, home: home)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("Error: "))
    #expect(run.status == 2)
  }

  @Test func aScriptWithoutRunIsNamed() throws {
    let path = try home.write("", to: "a.siam")
    #expect(try siam(path).errors.contains("siam run \(path)"))
  }

  @Test func filesThatCannotBeRead() throws {
    try home.write(Data([0x23, 0x0A, 0xFF, 0x0A]), to: "latin.siam")
    let expected = [
      "missing.siam": "error: there is no file `missing.siam`\n",
      "latin.siam": """
      error: `latin.siam` is not UTF-8: byte 1 of line 2 is 0xFF
        hint: `file latin.siam` guesses what it is; `iconv -f latin1 -t utf8` converts Latin-1

      """,
      ".": "error: `.` is a directory, not a file\n"
    ]
    for (path, text) in expected {
      for subcommand in ["run", "check", "bench"] {
        let run = try siam(subcommand, path)
        #expect(run.errors == text)
        #expect(run.status == 2)
      }
    }
  }

  @Test func aByteOrderMarkIsNoText() throws {
    try home.write("\u{FEFF}print 40 + 2\n", to: "marked.siam")
    #expect(try siam("run", "marked.siam").output == "42\n")
  }

  @Test func everyFileIsChecked() throws {
    try home.write("prnt 1\n", to: "wrong.siam")
    try home.write("print 1\n", to: "right.siam")
    #expect(try siam("check", "right.siam").status == 0)
    let both = try siam("check", "wrong.siam", "missing.siam", "right.siam")
    #expect(both.status == 2)
    #expect(both.errors.contains("prnt") && both.errors.contains("missing.siam"))
    #expect(both.output == "right.siam: no mistakes found\n")
  }

  @Test func versionAndHelp() throws {
    #expect(try siam("--version").output == "Siam 0.1\n")
    let help = try siam("--help")
    #expect(help.output.contains("USAGE: siam"))
    #expect(help.status == 0)
  }

  @Test func helpOnWhatIsNoSubcommandIsTheLanguages() throws {
    for topic in ["loss", "infonce", "where"] {
      let run = try siam("help", topic)
      #expect(run.output == (try siam("-e", "help \(topic)").output) && run.output.hasPrefix(topic) && run.status == 0)
    }
    let wrong = try siam("help", "lss")
    #expect(wrong.status == 2 && wrong.output == "" && wrong.errors.contains("did you mean `loss`"))
    #expect(try siam("help", "run").output.contains("USAGE: siam run"))
    #expect(try siam("help").output.contains("SUBCOMMANDS:"))
  }

  /// What stands behind `--allow-write` and a blank is no folder of its.
  @Test func theFolderOfAllowWriteIsShownAsItIsTyped() throws {
    try home.write("print 1\n", to: "a.siam")
    let help = try siam("run", "--help").output
    #expect(help.contains("[--allow-write[=<folder>]]") && help.contains("\n  --allow-write[=<folder>]\n                          Let a script"))
    for arguments in [["run", "--allow-write", ".", "a.siam"], ["run", "a.siam", "--allow-write", "."], ["test", "--allow-write", ".", "a.siam"]] {
      let run = try SiamProcess.run(arguments, home: home)
      #expect(run.status == 2 && run.output == "" && run.errors.contains("write `--allow-write=.`"), Comment(rawValue: run.errors))
      #expect(!run.errors.contains("allow-write-in"))
    }
    let new = try siam("run", "a.siam", "--allow-write", "plots")
    #expect(new.status == 2 && new.errors.contains("hint: a folder stands behind `=`: `--allow-write=plots`"))
    #expect(try siam("run", "--allow-write", "a.siam").output == "1\n")
    #expect(try siam("--allow-write=.", "run", "a.siam").output == "1\n")
  }

  @Test func standardOutputThatCannotBeWritten() throws {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "'\(SiamBinary.url.path)' -e 'print 1' > /dev/full 2> '\(home.path)/errors'"]
    shell.environment = SiamBinary.environment(home: home)
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 1)
    #expect(
      try String(contentsOfFile: home.path + "/errors", encoding: .utf8)
        == "siam: standard output cannot be written: No space left on device\n")
  }

  @Test func aReaderThatLeavesIsNoError() throws {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    // More than a pipe holds: what `head` does not read cannot all be written.
    try home.write(String(repeating: "print \"\(String(repeating: "x", count: 100))\"\n", count: 2000), to: "long.siam")
    shell.arguments = [
      "-c", "cd '\(home.path)'; { '\(SiamBinary.url.path)' run long.siam 2> errors; echo $? > status; } | head -1"
    ]
    shell.standardOutput = FileHandle.nullDevice
    shell.environment = SiamBinary.environment(home: home)
    try shell.run()
    shell.waitUntilExit()
    #expect(try String(contentsOfFile: home.path + "/errors", encoding: .utf8) == "")
    #expect(try String(contentsOfFile: home.path + "/status", encoding: .utf8) == "141\n")
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func aStoppedScript(signal: Int32, status: Int32) throws {
    try home.write("data shapes train=512 test=128; use quick; loss -Pa . sg(Pb)\ntrain 100000\n", to: "long.siam")
    let terminal = try PseudoTerminal(["run", "long.siam"], home: home)
    try terminal.expect("epoch ")
    terminal.send(signal)
    #expect(try terminal.waitForEnd() == status)
  }

  /// What is not a training stops too, and the last statement of a script is no exception.
  @Test(
    arguments: [
      "evaluate linear epochs=100000", "evaluate knn", "print mean(Zn^2) on train", "resume a", "verify a",
      "sql WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    ])
  func aStoppedStatement(_ statement: String) throws {
    try home.write(
      "data shapes train=20000 test=20; use quick; encoder mlp 16; batch 32; loss -Pa . sg(Pb); train 5 steps as \"a\"; print 20 + 22\n"
        + statement + "\n", to: "long.siam")
    let terminal = try PseudoTerminal(["run", "-q", "long.siam"], home: home)
    try terminal.expect("42")
    terminal.send(SIGINT)
    // `resume` may have said already that there is nothing to resume.
    let status = try terminal.waitForEnd()
    #expect(status == 130 || statement.hasPrefix("resume") && status == 2, "\(status): \(terminal.transcript)")
  }

  /// Both places of `-e`, a file, standard input: one line of JSON, and no history.
  @Test(arguments: [["bench", "-e", small], ["-e", small, "bench"], ["bench", "small.siam"], ["bench", "-"]])
  func aBenchmark(arguments: [String]) throws {
    try home.write(Self.small, to: "small.siam")
    let run = try SiamProcess.run(
      arguments + ["--steps", "2", "--format", "json"], input: Self.small, home: home, changes: ["SIAM_THREADS": "1"])
    #expect(run.errors == "timing steps on shapes, 2 views of 32 images …\n" && run.status == 0)
    #expect(run.output.hasPrefix("{\"step_ms\":") && run.output.contains("\"threads\":1,") && run.output.contains("\"batch\":32,"))
    #expect(run.output.split(separator: "\n").count == 1)
    #expect(!FileManager.default.fileExists(atPath: home.path + "/siam/history.sqlite"))
  }

  private static let small = "data shapes train=128 test=20; use quick dim=32; encoder convnet width=4; batch 32; loss -Pa . sg(Zb); train"

  @Test func aWrongBenchmarkIsTwo() throws {
    let run = try siam("bench", "-e", "data shapes; loss -Pa . sg(Qb)")
    #expect(run.output == "" && run.status == 2)
    #expect(run.errors.hasPrefix("<-e>:1:") && run.errors.contains("there is no `Qb`"))
    #expect(try siam("bench", "-e", "data shapes; loss log(sum(Za) * 0 - 1)").status == 1)
  }

  @Test func aStoppedBenchmark() throws {
    let terminal = try PseudoTerminal(["bench", "-e", Self.small, "--steps", "1000000000"], home: home)
    try terminal.expect("timing ")
    terminal.send(SIGINT)
    #expect(try terminal.waitForEnd() == 130)
  }
}
