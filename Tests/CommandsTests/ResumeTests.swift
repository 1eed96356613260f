import Foundation
import TestSupport
import Testing

/// A run that was killed, resumed to its end in another process, equals one that was not: in its series and in every byte of its state.
@Suite struct ResumeTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private static let settings = """
    data shapes train=1024 test=64
    use quick dim=16 epochs=5
    batch 32
    encoder mlp 16
    val A = randn(16)
    track noise = norm(randn(4)) every epoch on test
    teacher 0.9
    queue 64
    memory 0.8
    loss alternating -Pa . sg(Tb) + infonce(Za, cat(Tb, Q), 0.2), -Za . sg(Mb + 0.1*randn(M, D) + 0.01*A + ema(oz,0.9))

    """

  @discardableResult
  private func run(_ script: String, _ options: String...) throws -> SiamProcess {
    let path = try home.write(script, to: UUID().uuidString + ".siam")
    return try SiamProcess.run(["run", "--allow-write", path] + options, home: home)
  }

  private func sql(_ query: String) throws -> [String] {
    let process = try SiamProcess.run(["sql", query, "--format", "csv"], home: home)
    return process.output.split(separator: "\n").dropFirst().map(String.init)
  }

  /// Whether a run has recorded more than a few steps.
  private func hasBegun(_ name: String) -> Bool {
    (try? sql("SELECT 1 FROM run_list JOIN metric_summary USING (run_id) WHERE run_list.name = '\(name)' AND last_step > 60 LIMIT 1")) == ["1"]
  }

  private func hasCheckpoint(_ run: String) -> Bool {
    (try? sql("SELECT 1 FROM run_list JOIN run_artifacts USING (run_id) WHERE '\(run)' IN (CAST(run_id AS TEXT), run_list.name) LIMIT 1")) == ["1"]
  }

  /// The tensors of a checkpoint, without the header, which names the run.
  private func tensors(_ name: String) throws -> Data {
    let data = try Data(contentsOf: URL(fileURLWithPath: home.path + "/" + name))
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    return data.dropFirst(8 + length)
  }

  /// As a run's record has them.
  private func statements(of run: Int) throws -> [String] {
    try sql("SELECT text FROM run_statements WHERE run_id = \(run) ORDER BY position")
  }

  /// Both runs' values of one metric and step, and how many are the same to the last bit.
  private func compare(_ whole: Int, _ resumed: Int) throws -> [String] {
    try sql(
      """
      SELECT count(*), sum(a.value IS b.value) FROM metric_series a JOIN metric_series b ON a.metric = b.metric AND a.step = b.step \
      WHERE a.run_id = \(whole) AND b.run_id = \(resumed)
      """)
  }

  private func expectEqual(_ whole: Int, _ resumed: Int, atLeast: Int) throws {
    let counts = try #require(try compare(whole, resumed).first).split(separator: ",").compactMap { Int($0) }
    try #require(counts.count == 2)
    #expect(counts[0] == counts[1] && counts[0] > atLeast)
    #expect(try tensors("whole.safetensors") == tensors("resumed.safetensors"))
  }

  private func resume(_ run: String) throws -> SiamProcess {
    let folder = home.path + "/elsewhere"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try SiamProcess.run(["-e", "resume \(run)", "-e", "save \"../resumed.safetensors\""], home: home, folder: folder)
  }

  @Test func fromACheckpoint() throws {
    #expect(try run(Self.settings + "train 900 steps\nsave \"whole.safetensors\"\n").status == 0)
    try KilledProgram.run(Self.settings + "checkpoint every 7 steps\ntrain 900 steps as \"killed\"\n", home: home) { hasCheckpoint("killed") }
    let resumed = try resume("killed")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    #expect(resumed.errors.contains("run 2 \"killed\": from the checkpoint at step "))
    try expectEqual(1, 3, atLeast: 1000)
    #expect(try sql("SELECT run_id, name, state, continues FROM run_list WHERE run_id > 1") == ["2,killed,dead,", "3,killed,finished,2"])
    // What resumes is, by its record, the whole run.
    #expect(try statements(of: 2) == statements(of: 3))
    // Once more, from the same checkpoint; and what is finished has nothing left.
    #expect(try resume("2").status == 0)
    try expectEqual(1, 4, atLeast: 1000)
    #expect(try resume("3").errors.contains("run 3 is finished: there is nothing to resume"))
  }

  /// Ctrl-C, and then its remainder, which is killed.
  @Test func aRemainder() throws {
    #expect(try run(Self.settings + "train 900 steps\nsave \"whole.safetensors\"\n").status == 0)
    let terminal = try PseudoTerminal(home: home, columns: 200)
    try terminal.expect("siam> ")
    for line in Self.settings.split(separator: "\n") { try terminal.run(String(line)) }
    try terminal.run("checkpoint every 7 steps")
    try terminal.type("train 900 steps as \"killed\"\r")
    try terminal.expect("loss ")
    try terminal.type(PseudoTerminal.Key.control("c"))
    try terminal.expect("siam> ")
    #expect(hasCheckpoint("2"))
    try terminal.type("train\r")
    let deadline = ContinuousClock.now + .seconds(60)
    while !hasCheckpoint("3") && ContinuousClock.now < deadline { usleep(5_000) }
    terminal.send(SIGKILL)
    _ = try terminal.waitForEnd()
    let resumed = try resume("3")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    try expectEqual(1, 4, atLeast: 50)
    // The run that was interrupted first can be resumed by itself too.
    #expect(try resume("2").status == 0)
    try expectEqual(1, 5, atLeast: 50)
  }

  @Test func afterAnInterruption() throws {
    #expect(try run(Self.settings + "train 900 steps\nsave \"whole.safetensors\"\n").status == 0)
    let script = Self.settings + "checkpoint every 7 steps\ntrain 900 steps as \"stopped\"\n"
    try KilledProgram.run(script, home: home, signal: SIGINT) { hasCheckpoint("stopped") }
    // The state at its end was kept.
    #expect(
      try sql("SELECT r.state, a.step - r.steps FROM run_list r JOIN run_artifacts a USING (run_id) WHERE r.name = 'stopped'") == ["interrupted,0"])
    #expect(try resume("stopped").status == 0)
    try expectEqual(1, 3, atLeast: 50)
  }

  /// Ctrl-C while an epoch is measured, which here takes most of the time: the rest measures it. Wherever it comes, everything is as without it, what was
  /// drawn too, and each run can be reproduced and resumed.
  @Test func interruptedWhileAnEpochIsMeasured() throws {
    let settings = """
      data shapes train=64 test=3000
      use quick dim=16 epochs=4
      encoder mlp 32
      batch 32
      track noise = norm(randn(4)) every epoch on test
      track size = mean(Zn^2) + mean(randn(3)) every epoch on test
      loss -Pa . sg(Zb) + mean(randn(3))
      checkpoint every 1 epoch

      """
    #expect(try run(settings + "train\nsave \"whole.safetensors\"\n").status == 0)
    let terminal = try PseudoTerminal(home: home, columns: 200)
    try terminal.expect("siam> ")
    for line in settings.split(separator: "\n") { try terminal.run(String(line)) }
    for attempt in 0..<100 {
      try terminal.type("train\r")
      if attempt < 5 {
        try terminal.expect("epoch ")
        try terminal.type(PseudoTerminal.Key.control("c"))
      }
      try terminal.expect("siam> ")
      if try sql("SELECT state FROM run_list ORDER BY run_id DESC LIMIT 1") == ["finished"] { break }
    }
    try terminal.run("save \"resumed.safetensors\"")
    #expect(try tensors("whole.safetensors") == tensors("resumed.safetensors"))
    let (whole, parts) = (
      "SELECT metric, step, value FROM metric_series WHERE run_id = 1", "SELECT metric, step, value FROM metric_series WHERE run_id > 1"
    )
    #expect(try sql("SELECT count(*) > 100 FROM (\(whole))") == ["1"])
    for query in ["\(whole) EXCEPT \(parts)", "\(parts) EXCEPT \(whole)"] { #expect(try sql(query).isEmpty) }
    for id in try sql("SELECT DISTINCT run_id FROM metric_series") {
      let verified = try SiamProcess.run(["-q", "-e", "verify \(id)"], home: home)
      #expect(verified.status == 0, Comment(rawValue: verified.errors))
    }
    guard try sql("SELECT state FROM run_list WHERE run_id = 2") == ["interrupted"] else { return }
    #expect(try resume("2").status == 0)
    #expect(try tensors("whole.safetensors") == tensors("resumed.safetensors"))
    let resumed = "SELECT metric, step, value FROM metric_series WHERE run_id IN (2, (SELECT max(run_id) FROM run_list))"
    for query in ["\(whole) EXCEPT \(resumed)", "\(resumed) EXCEPT \(whole)"] { #expect(try sql(query).isEmpty) }
  }

  @Test func withoutACheckpointFromTheStart() throws {
    #expect(try run(Self.settings + "train 900 steps\nsave \"whole.safetensors\"\n").status == 0)
    try KilledProgram.run(Self.settings + "train 900 steps as \"killed\"\n", home: home) { hasBegun("killed") }
    let resumed = try resume("killed")
    #expect(resumed.errors.contains("run 2 \"killed\": no checkpoint, from the start, 900 of 900 steps are left"), Comment(rawValue: resumed.errors))
    try expectEqual(1, 3, atLeast: 2000)
  }

  /// The run continues another, which is trained again or left out; a value read off the model between them is not what it was in a new model, and a
  /// seed set between them waits for a `reset`.
  @Test(arguments: ["checkpoint off", "checkpoint every 30 steps"])
  func behindAnotherRun(_ rule: String) throws {
    let script = Self.settings + "checkpoint off\ntrain 50 steps\n\(rule)\nseed 3\nval s = mr\noptimizer sgd lr=(s/2)\nval A = Za[1]\n"
    #expect(try run(script + "train 900 steps\nsave \"whole.safetensors\"\n").status == 0)
    try KilledProgram.run(script + "train 900 steps as \"killed\"\n", home: home) {
      rule == "checkpoint off" ? hasBegun("killed") : hasCheckpoint("killed")
    }
    let resumed = try resume("killed")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    try expectEqual(2, 5, atLeast: 50)
    #expect(try statements(of: 4) == statements(of: 5))
    #expect(try statements(of: 5).filter { $0.contains("train ") && !$0.hasPrefix("data ") }.count == 2)
  }

  /// What the file held, values too, is in the run's own checkpoint.
  @Test func behindAFileThatHasGone() throws {
    #expect(try run(Self.settings + "val c = 0.01\ntrain 5 steps\nsave \"x.safetensors\"\n").status == 0)
    let script = Self.settings + "seed 3\nload \"x.safetensors\"\nloss -Pa . sg(Zb) + c*mean(za^2)\ncheckpoint every 7 steps\n"
    #expect(try run(script + "train 900 steps\nsave \"whole.safetensors\"\n").status == 0)
    try KilledProgram.run(script + "train 900 steps as \"killed\"\n", home: home) { hasCheckpoint("killed") }
    try FileManager.default.removeItem(atPath: home.path + "/x.safetensors")
    let resumed = try resume("killed")
    #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
    try expectEqual(2, 4, atLeast: 50)
    #expect(try statements(of: 3) == statements(of: 4))
    #expect(try statements(of: 4).contains { $0.contains("load ") })
  }

  @Test func anotherNumberOfThreadsIsTold() throws {
    let script = "data shapes train=64 test=16\nuse quick dim=16\nencoder mlp 16\nbatch 16\nloss -Pa . sg(Zb)\ntrain 3 steps as \"a\"\n"
    let path = try home.write(script, to: "a.siam")
    #expect(try SiamProcess.run(["run", path], home: home, changes: ["SIAM_THREADS": "1"]).status == 0)
    _ = try ExternalProgram.sqlite3(home.path + "/siam/history.sqlite", "UPDATE runs SET state = 'interrupted'")
    let resumed = try SiamProcess.run(["-e", "resume a"], home: home, changes: ["SIAM_THREADS": "2"])
    #expect(resumed.status == 0)
    #expect(resumed.errors.contains("warning: run 1 was made with 1 thread, and here are 2: "), Comment(rawValue: resumed.errors))
  }

  @Test func aProfileOfTheCommandLineIsPartOfTheRecord() throws {
    let script = "data shapes train=64 test=16\nuse quick dim=16 epochs=2\nencoder mlp 16\nbatch 16\nloss -Pa . sg(Zb)\ntrain 2 steps\n"
    #expect(try run(script, "--profile", "paper").status == 0)
    let statements = try sql("SELECT text FROM run_statements ORDER BY position")
    #expect(statements.first == "use paper" && statements.contains("use paper dim=16 epochs=2"))
  }
}
