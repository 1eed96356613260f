import Foundation
import TestSupport
import Testing

/// Whole scripts through the program: what a shell sees.
@Suite struct ProgramTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func run(_ script: String, _ options: String...) throws -> SiamProcess {
    let path = try home.write(Prompt.small + script, to: "script.siam")
    return try SiamProcess.run(["run", path] + options, home: home)
  }

  /// A thousand blocks in one another take a moment, not half a minute.
  @Test(arguments: ["run", "check"]) func deepBlocks(command: String) throws {
    let text = String(repeating: "if 1 < 2 {\n", count: 990) + "print 42\n" + String(repeating: "}\n", count: 990)
    let path = try home.write(text, to: "deep.siam")
    let line = "ulimit -t 6; exec \"$0\" --db :memory: \(command) \"$1\""
    let process = try SiamProcess.run(["-c", line, SiamBinary.url.path, path], program: "/bin/bash", home: home)
    #expect(process.status == 0 && (command == "check" || process.output == "42\n"), Comment(rawValue: process.errors))
  }

  @Test func aDivergedRunIsNoFailure() throws {
    let program = try run("loss log(norm(oz) - 100)\ntrain as \"boom\"\nprint run(\"boom\").verdict\n", "--quiet")
    #expect(program.status == 0, Comment(rawValue: program.errors))
    #expect(program.output == "diverged\n")
    let history = try SiamProcess.run(["history", "where", "diverged", "columns", "name,", "state", "format", "csv"], home: home)
    #expect(history.output == "name,state\nboom,diverged\n")
  }

  /// `scripts/build`, by which the tests are built too, tells the program its commit.
  @Test func theRecordNamesTheCommit() throws {
    let program = try run("loss -Pa . sg(Zb)\ntrain 1 steps\nhistory columns commit, siam format csv\n", "--quiet")
    let record = try #require(program.output.split(separator: "\n").last).split(separator: ",", omittingEmptySubsequences: false)
    #expect(record.count == 2 && record[1] == "0.1")
    #expect(record[0].isEmpty || record[0].wholeMatch(of: /[0-9a-f]{12}(-dirty)?/) != nil, "\(record[0])")
  }

  @Test func aFailedExpectationIsOne() throws {
    let program = try run("loss -Pa . sg(Zb)\ntrain 1 steps\nexpect collapsed\n", "--quiet")
    #expect(program.status == 1)
    #expect(program.output == "")
    #expect(program.errors.contains("script.siam:7:8: error: expected `collapsed`"))
    #expect(program.errors.contains("hint: `collapsed` is false"))
  }

  @Test func anOverriddenValue() throws {
    let script = "val tau = 0.5\nloss infonce(Za, sg(Zb), tau)\ntrain 1 steps as \"tau={tau}\"\nprint run(\"tau=0.2\").steps\n"
    let program = try run(script, "--quiet", "--set", "tau=0.2")
    #expect(program.output == "1\n", Comment(rawValue: program.errors))
    #expect(program.status == 0)
  }

  /// Two processes, one seed: bit for bit one series.
  @Test func oneSeedIsOneRunInTwoProcesses() throws {
    let script = "let Ge = -Zn\nloss -Pa . sg(Zb + 0.1*oe + 0.1*randn(M, D))\ntrain\n"
    let query = "SELECT run_id, metric, step, printf('%.17g', value) FROM metric_series ORDER BY metric, step"
    for _ in 1...2 { #expect(try run(script, "--quiet").status == 0) }
    let rows = try SiamProcess.run(["sql", query, "--format", "csv"], home: home).output.split(separator: "\n").dropFirst()
    func series(_ run: String) -> [String] { rows.filter { $0.hasPrefix(run + ",") }.map { String($0.dropFirst(run.count)) } }
    #expect(series("1").count > 60)
    #expect(series("1") == series("2"))
  }

  @Test func withoutDataOrModel() throws {
    let program = try SiamProcess.run(
      [
        "-e", "val A = [[3, 4], [1, 0]]; print norm(A)", "-e", "print normalize(A)", "-e",
        "print grad(-A . sg([[1, 0], [0, 1]]), A)"
      ],
      home: home)
    #expect(program.output == "[5, 1]\n[[0.6, 0.8], [1, 0]]\n[[-0.5, 0], [0, -0.5]]\n")
    #expect(program.status == 0)
  }
}
