import Foundation
import TestSupport
import Testing

/// Promise 3 of the history: a run's record alone is enough to make every value again, bit for bit, and a value that differs is found.
@Suite struct VerifyTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private static let settings = """
    data shapes train=256 test=32
    use quick dim=16 epochs=2
    encoder mlp 16
    batch 32
    track noise = norm(randn(4)) every step
    teacher 0.9
    queue 64
    loss -Pa . sg(Tb) + infonce(Za, cat(Tb, Q), 0.2)

    """

  private func run(_ script: String) throws {
    let path = try home.write(script, to: UUID().uuidString + ".siam")
    let process = try SiamProcess.run(["run", path], home: home)
    try #require(process.status == 0, Comment(rawValue: process.errors))
  }

  private func siam(_ statements: String) throws -> SiamProcess { try SiamProcess.run(["-q", "-e", statements], home: home) }

  private func change(_ sql: String) throws {
    try #require(try ExternalProgram.sqlite3(home.path + "/siam/history.sqlite", sql).status == 0)
  }

  @Test func everyRunOfAScriptIsReproduced() throws {
    try run(
      Self.settings
        + "train as \"a\"\nval s = mr\noptimizer sgd lr=(s/4)\ntrain 5 steps as \"b\"\nfor s in 1..2 { seed s; train fresh 3 steps as \"s{s}\" }\n")
    for run in 1...4 {
      let verified = try siam("verify \(run)")
      #expect(verified.status == 0 && verified.output.hasPrefix("run \(run) is reproduced: "), Comment(rawValue: verified.output + verified.errors))
      #expect(verified.output.contains(run == 1 ? "14 metrics, 196 values" : " metrics, "), Comment(rawValue: verified.output))
    }
  }

  /// What the record holds of a statement can be read again, wherever its words stood and whatever the command line gave.
  @Test func whatWasWrittenDifferently() throws {
    let script = """
      data shapes train=64 test=16; use epochs=1 dim=16 quick; encoder mlp 8; batch 16; loss -Za . sg(Zb)
      val label = "x"
      train 2 steps as "{label}"
      for s in 1..2 parallel 1 { seed s; train 2 steps as "{label} {s}" }
      """
    let path = try home.write(script, to: "words.siam")
    let made = try SiamProcess.run(["run", path, "--set", "label=my run; print 1"], home: home)
    try #require(made.status == 0, Comment(rawValue: made.errors))
    for run in 1...3 { #expect(try siam("verify \(run)").status == 0) }
    let paper = try SiamProcess.run(["check", path, "--profile", "paper"], home: home)
    #expect(paper.status == 0, Comment(rawValue: paper.errors))
    #expect(
      try ExternalProgram.sqlite3(home.path + "/siam/history.sqlite", "SELECT count(*) FROM runs WHERE name LIKE 'my run; print 1%'").output == "3\n")
  }

  /// What no Siam has written is no reason to trap.
  @Test(arguments: ["1e300", "-1", "0.5", "9e18"]) func aPlanThatCannotBe(planned: String) throws {
    try run(Self.settings + "train 3 steps as \"a\"\n")
    try change(
      "UPDATE runs SET state = 'interrupted'; UPDATE settings SET number = \(planned), text = NULL, flag = NULL WHERE name = 'planned_steps'")
    for statement in ["verify 1", "resume 1", "rerun 1", "history 1"] {
      let answer = try siam(statement)
      #expect((0...2).contains(answer.status), Comment(rawValue: "\(statement): \(answer.status) \(answer.errors)"))
    }
  }

  @Test func aValueThatDiffersIsNamed() throws {
    try run(Self.settings + "train as \"a\"\n")
    // The least that a float32 can change by.
    try change("UPDATE series SET value = value * 1.0000001 WHERE step = 11 AND metric_id = (SELECT id FROM metrics WHERE name = 'std')")
    try change("UPDATE series SET value = 0 WHERE step = 12")
    let verified = try siam("verify a")
    #expect(verified.status == 1 && verified.output.isEmpty)
    #expect(verified.errors.contains("error: run 1 is not reproduced: `std` at step 11 was 0."), Comment(rawValue: verified.errors))
    try change("DELETE FROM series WHERE step = 7 AND metric_id = (SELECT id FROM metrics WHERE name = 'mo')")
    #expect(try siam("verify a").errors.contains("`mo` at step 7 was not there, and is "))
  }

  /// A record may come with a history that a stranger made: what is no part of an experiment is not done.
  @Test(arguments: [
    "history > \"x.csv\"", "history save \"x.sqlite\"", "save \"x.safetensors\"", "export runs to \"x.csv\"", "forget 1", "purge",
    "plot x against x in 0..1 to \"x.svg\"",
    "include \"x.siam\"", "for i in 1..2 { purge }", "if 1 < 2 { purge }", "rerun 1", "resume 1", "import \"x.sqlite\"", "checkpoint"
  ])
  func aRecordMakesARunAndDoesNothingElse(statement: String) throws {
    try run(Self.settings + "train 2 steps as \"a\"\n")
    let text = statement.replacingOccurrences(of: "'", with: "''")
    try change("UPDATE statements SET text = '\(text)' WHERE position = 2")
    for replay in ["verify a", "rerun a"] {
      let process = try siam(replay)
      #expect(process.status == 2 && process.errors.contains("its record holds `"), Comment(rawValue: process.errors))
    }
    #expect(try siam("history 1").status == 0)
    let files = (FileManager.default.enumerator(atPath: home.path)?.allObjects as? [String]) ?? []
    #expect(!files.contains { $0.hasPrefix("x.") })
  }

  /// An interrupted run, a killed one, and what was resumed from their checkpoints: each as far as it went.
  @Test func runsThatDidNotEndByThemselves() throws {
    let script = Self.settings + "checkpoint every 7 steps\n"
    for (name, signal) in [("stopped", SIGINT), ("killed", SIGKILL)] {
      try KilledProgram.run(script + "train 900 steps as \"\(name)\"\n", home: home, signal: signal) {
        (try? siam(
          "sql SELECT 'begun' AS answer FROM run_list r JOIN metric_summary m USING (run_id) WHERE r.name = '\(name)' AND last_step > 30 LIMIT 1"))?
          .output.contains("begun") == true
      }
      #expect(try siam("resume \"\(name)\"").status == 0)
    }
    for run in 1...4 {
      let verified = try siam("verify \(run)")
      #expect(verified.status == 0, Comment(rawValue: verified.errors))
    }
    #expect(
      try SiamProcess.run(["--format", "csv", "-e", "lineage 2"], home: home).output.split(separator: "\n").map { $0.prefix(12) }
        == ["run,continue", "1,,,stopped,", "2,1,,stopped"])
  }

  /// The model at the prompt is the one it was.
  @Test func theLiveStateStays() throws {
    let lines = Self.settings.split(separator: "\n").joined(separator: "; ")
    let plain = try siam(lines + "; train 5 steps; train 3 steps; print mr")
    let withVerification = try SiamProcess.run(
      ["-q", "--db", home.path + "/other.sqlite", "-e", lines + "; train 5 steps; verify 1; train 3 steps; print mr"], home: home)
    #expect(plain.status == 0 && !plain.output.isEmpty)
    #expect(withVerification.output.split(separator: "\n").last == plain.output.split(separator: "\n").last)
    #expect(withVerification.output.hasPrefix("run 1 is reproduced"))
  }

  @Test func whatCannotBeVerifiedOrCompared() throws {
    try run(Self.settings + "train 2 steps as \"a\"\n")
    #expect(try siam("diff 1 a").output == "no difference\n")
    for (statement, message) in [
      ("verify 9", "there is no run 9"), ("verify \"b\"", "there is no run called `b`"), ("verify", "`verify` needs a run"),
      ("diff 1 9", "there is no run 9"), ("diff 1", "`diff` needs a run"), ("diff 1 1 1", "`1` is not expected here"),
      ("lineage 9", "there is no run 9")
    ] {
      let process = try siam(statement)
      #expect(process.status == 2 && process.errors.contains("error: " + message), Comment(rawValue: statement + process.errors))
    }
  }
}
