import Foundation
import TestSupport
import Testing

/// `for … parallel N { … }`, and the job array that `siam sweep` makes of it.
@Suite struct SweepTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  /// Two parallel loops in a loop, behind a training: six points.
  private static let script = """
    data shapes train=128 test=32
    use quick epochs=2 dim=16
    batch 32
    encoder mlp 8
    probe off
    loss -Za . sg(Zb)
    train 2 steps as "before"
    let base = infonce(Za, sg(Zb), tau)
    for L in [base, -Za . sg(Zb)] {
      val k = 0
      for tau in [0.1, 0.2, 0.5] parallel 2 {
        loss L
        train 3 steps as "{k} tau={tau}"
        print tau
      }
    }
    print last(loss of "before")
    history columns id, name, script, line where name like "%tau%" sort name
    """

  private func run(_ script: String, _ options: [String] = [], changes: [String: String?] = [:]) throws -> SiamProcess {
    let path = try home.write(script, to: "sweep.siam")
    return try SiamProcess.run(["run", path, "--format", "csv"] + options, home: home, folder: home.path, changes: changes)
  }

  private func siam(_ arguments: String...) throws -> SiamProcess {
    try SiamProcess.run(["--format", "csv"] + arguments, home: home, folder: home.path)
  }

  private func lines(_ process: SiamProcess) -> [String] { process.output.split(separator: "\n").map(String.init) }

  @Test func eachPointIsARunOfItsOwn() throws {
    let process = try run(Self.script)
    try #require(process.status == 0, Comment(rawValue: process.errors))
    // What they say comes in the order of the points, whichever was done first.
    #expect(lines(process).prefix(6) == ["0.1", "0.2", "0.5", "0.1", "0.2", "0.5"])
    let runs = lines(process).suffix(6).map { $0.split(separator: ",").map(String.init) }
    #expect(runs.map { $0[1] } == ["0 tau=0.1", "0 tau=0.1", "0 tau=0.2", "0 tau=0.2", "0 tau=0.5", "0 tau=0.5"])
    #expect(Set(runs.map { $0[0] }) == ["2", "3", "4", "5", "6", "7"])
    #expect(runs.allSatisfy { $0[2].hasSuffix("/sweep.siam") && $0[3] == "13" })
    // One point of each loop: the record makes it again, and it is what a script of one process makes with as many threads.
    for run in 2...7 { #expect(try siam("-q", "-e", "verify \(run)").status == 0) }
    let alone = Self.script.replacingOccurrences(of: " parallel 2", with: "").replacingOccurrences(of: "train 3 steps", with: "train fresh 3 steps")
    let other = try run(alone, ["--db", "alone.sqlite"], changes: ["SIAM_THREADS": "1"])
    try #require(other.status == 0, Comment(rawValue: other.errors))
    let series =
      "SELECT p.name, f.expanded, m.metric, m.step, quote(m.value) FROM metric_series m JOIN run_list p ON p.run_id = m.run_id JOIN "
      + "run_formulas f ON f.run_id = m.run_id AND f.formula = 'loss' WHERE p.name LIKE '%tau%' ORDER BY 1, 2, 3, 4"
    let (ours, theirs) = (lines(try siam("sql", series)), lines(try siam("--db", "alone.sqlite", "sql", series)))
    #expect(ours.count > 100 && ours == theirs)
  }

  @Test func theSessionKnowsTheirRunsAndKeepsItsModel() throws {
    let process = try run(
      """
      data shapes train=64 test=32; use quick dim=16; batch 32; encoder mlp 8; probe off; loss -Za . sg(Zb)
      train 2 steps as "mine"
      for s in 1..3 parallel 3 { seed s; train 2 steps as "s={s}" }
      print run("s=2").steps, last(loss of "s=3") < 0
      train 1 steps as "more"
      history where name = more columns continues
      """)
    try #require(process.status == 0, Comment(rawValue: process.errors))
    #expect(lines(process) == ["2  true", "continues", "1"])
  }

  /// A loop inside a point makes processes of its own, and their runs can be named too.
  @Test func loopsInsideAPoint() throws {
    let process = try run(
      """
      data shapes train=64 test=32; use quick dim=16; batch 32; encoder mlp 8; probe off; loss -Za . sg(Zb)
      for s in 1..2 parallel 2 { for t in 1..2 parallel 2 { seed 10*s; val k = 1; train 1 steps as "{s}{t}{k}" } }
      print run("127").steps, run("217").steps
      """, ["--set", "k=7"])
    #expect(process.status == 0 && lines(process) == ["1  1"], Comment(rawValue: process.errors))
    #expect(!process.errors.contains("had no effect"), Comment(rawValue: process.errors))
  }

  @Test func whatFailsIsNamedAndTheOthersAreDone() throws {
    let process = try run("for s in 1..4 parallel 2 { expect s < 3; print s }")
    #expect(process.status == 1 && lines(process) == ["1", "2"])
    #expect(process.errors.contains("2 of 4 points failed: `s = 3`, `s = 4`"))
    #expect(process.errors.contains("sweep.siam:1:35: error: expected `s < 3`"), Comment(rawValue: process.errors))
    let wrong = try run("val x = 1\n  for s in 1..64 parallel 1 { print nope }")
    #expect(wrong.status == 2 && wrong.errors.contains("1 of 64 points failed: `s = 1`; 63 were not begun"), Comment(rawValue: wrong.errors))
    #expect(wrong.errors.contains("sweep.siam:2:37: error: there is no `nope`"))
  }

  @Test(arguments: [
    ("for s in 1..2 parallel 0 { print s }", "`parallel` takes a whole number of processes from 1 to 1024, not `0`"),
    ("for s in 1..2 parallel 1.5 { print s }", "not `1.5`"), ("for s in 1..2 parallel { print s }", "expected an expression, found `{`")
  ])
  func mistakes(script: String, message: String) throws {
    let process = try run(script)
    #expect(process.status == 2 && process.errors.contains(message), Comment(rawValue: process.errors))
    // A check finds them without starting anything.
    let checked = try SiamProcess.run(["check", home.path + "/sweep.siam"], home: home)
    #expect(checked.status == 2 && checked.errors.contains(message), Comment(rawValue: checked.errors))
  }

  @Test func aHistoryInMemoryCannotBeShared() throws {
    let process = try run("for s in 1..2 parallel 2 { print s }", ["--db", ":memory:"])
    #expect(process.status == 2 && process.errors.contains("processes cannot share a history in memory"))
    #expect(lines(try run("for s in [] parallel 2 { print s }")) == [])
  }

  /// What the command line said holds in every point, and no permission is gained.
  @Test func pointsAreToldWhatTheCommandLineSaid() throws {
    let script = "for s in 1..2 parallel 2 { val tau = 0.5; use quick; print tau, epochs > 10, s }"
    let process = try run(script, ["--set", "tau=0.25", "--profile", "paper"])
    #expect(process.status == 0, Comment(rawValue: process.errors))
    #expect(lines(process) == ["0.25  true  1", "0.25  true  2"])
    let refused = try run("for s in 1..2 parallel 2 { save \"x.safetensors\" }")
    #expect(refused.status == 2 && refused.errors.contains("a script may not write files"), Comment(rawValue: refused.errors))
  }

  @Test func interruptedTheyAllEnd() throws {
    let script = """
      data shapes train=1280 test=32; use quick dim=16; batch 32; encoder mlp 8; probe off; loss -Za . sg(Zb)
      for s in 1..8 parallel 2 { seed s; train 1000000 steps as "s={s}" }
      print "not here"
      """
    let path = try home.write(script, to: "long.siam")
    let process = Process()
    process.executableURL = SiamBinary.url
    process.arguments = ["run", "-q", path]
    process.environment = SiamBinary.environment(home: home)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    func count(_ condition: String) throws -> Int { Int(lines(try siam("history", "where", condition, "columns", "id")).count) - 1 }
    var isTraining = false
    for _ in 0..<600 where !isTraining {
      isTraining = try count("running and steps > 0") == 2
      if !isTraining { Thread.sleep(forTimeInterval: 0.1) }
    }
    try #require(isTraining)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(try output.fileHandleForReading.readToEnd()?.isEmpty ?? true)
    #expect(try count("interrupted") == 2 && count("running") == 0)
  }

  /// What is wrong in one point keeps others from beginning; those that train are still told to end.
  @Test func interruptedBesideOneThatIsWrong() throws {
    let script = """
      data shapes train=1280 test=32; use quick dim=16; batch 32; encoder mlp 8; probe off; loss -Za . sg(Zb)
      for s in 1..3 parallel 2 { if s == 2 { batch 100000 } ; train 1000000 steps }
      """
    let process = Process()
    process.executableURL = SiamBinary.url
    process.arguments = ["run", "-q", try home.write(script, to: "long.siam")]
    process.environment = SiamBinary.environment(home: home)
    process.standardError = FileHandle.nullDevice
    try process.run()
    func count(_ condition: String) throws -> Int { Int(lines(try siam("history", "where", condition, "columns", "id")).count) - 1 }
    for _ in 0..<600 where try count("running and steps > 0") < 1 { Thread.sleep(forTimeInterval: 0.1) }
    Thread.sleep(forTimeInterval: 1)
    process.interrupt()
    for _ in 0..<300 where process.isRunning { Thread.sleep(forTimeInterval: 0.1) }
    #expect(!process.isRunning)
    if process.isRunning { process.terminate() }
    #expect(try count("interrupted") == 1 && count("running") == 0)
  }

  // MARK: Job arrays

  /// What a scheduler does: every task with its number, in any order. What comes home is what one machine makes.
  @Test func aJobArrayMakesTheSameRuns() throws {
    let path = try home.write(Self.script, to: "sweep.siam")
    let written = try siam("sweep", path, "--slurm", "--quiet")
    try #require(written.status == 0, Comment(rawValue: written.errors))
    #expect(written.output.hasSuffix("sweep-sweep/sweep.sbatch: 6 points\n"))
    let folder = home.path + "/sweep-sweep"
    #expect(
      try String(contentsOfFile: folder + "/points.txt", encoding: .utf8)
        == "0\ttau = 0.1\n1\ttau = 0.2\n2\ttau = 0.5\n3\ttau = 0.1\n4\ttau = 0.2\n5\ttau = 0.5\n")
    for task in [5, 0, 3, 1, 4, 2] { #expect(try submit(folder, task) == 0) }
    #expect(try submit(folder, 6) == 2)
    let histories = (0..<6).map { "\(folder)/point-\($0).sqlite" }
    let imported = try SiamProcess.run(["import"] + histories + histories, home: home)
    #expect(imported.status == 0 && imported.errors.contains("point-5.sqlite: 2 runs imported"), Comment(rawValue: imported.errors))
    let runs = lines(
      try siam("history", "columns", "name", "where", "name", "like", "'\"%tau%\"'".replacingOccurrences(of: "'", with: ""), "sort", "name"))
    #expect(runs == ["name", "0 tau=0.1", "0 tau=0.1", "0 tau=0.2", "0 tau=0.2", "0 tau=0.5", "0 tau=0.5"])
    let here = try run(Self.script, ["--db", "here.sqlite"])
    try #require(here.status == 0)
    let last = "SELECT name, last_value FROM metric_summary WHERE metric = 'loss' AND name LIKE '%tau%' ORDER BY 1, 2"
    #expect(lines(try siam("sql", last)) == lines(try siam("--db", "here.sqlite", "sql", last)))
    // Nothing is written over.
    let again = try siam("sweep", path, "--slurm")
    #expect(again.status == 2 && again.errors.contains("it is there already"))
  }

  private func submit(_ folder: String, _ task: Int) throws -> Int32 {
    try SiamProcess.run(
      [folder + "/sweep.sbatch"], program: "/bin/bash", home: home, changes: ["SLURM_ARRAY_TASK_ID": "\(task)", "SLURM_CPUS_PER_TASK": "1"]
    ).status
  }

  @Test func aScriptWithoutPointsMakesNone() throws {
    let path = try home.write("for s in 1..2 { print s }", to: "plain.siam")
    let process = try siam("sweep", path, "--slurm")
    #expect(process.status == 2 && process.errors.contains("has no parallel loop"), Comment(rawValue: process.errors))
    #expect(try siam("sweep", path).status == 2)
    #expect(!FileManager.default.fileExists(atPath: home.path + "/plain-sweep"))
    let point = try SiamProcess.run(["run", path, "--point", "0"], home: home)
    #expect(point.status == 2 && point.errors.contains("there is no point 0"), Comment(rawValue: point.errors))
  }

  @Test func aPointBehindTheLastRunsNothingBehindTheLoops() throws {
    let path = try home.write("print \"before\"\n" + Self.script + "\nprint \"behind\"\n", to: "points.siam")
    let process = try SiamProcess.run(["run", path, "--point", "6"], home: home)
    #expect(process.status == 2 && process.errors.contains("there is no point 6: the script has 6 points"), Comment(rawValue: process.errors))
    #expect(!process.output.contains("behind"))
    let without = try home.write("print \"all\"\n", to: "none.siam")
    let none = try SiamProcess.run(["run", without, "--point", "0"], home: home)
    #expect(none.status == 2 && none.output.isEmpty)
  }

  /// A task's own history has no run but those that the script makes before.
  @Test func aJobArrayOfRerunsIsRefused() throws {
    try home.write("for t in [1, 2] parallel 2 { rerun 7 with seed=t }\n", to: "reruns.siam")
    let refused = try siam("sweep", "reruns.siam", "--slurm")
    #expect(refused.status == 2 && refused.errors.contains("in which there is no run 7"), Comment(rawValue: refused.errors))
    #expect(!FileManager.default.fileExists(atPath: home.path + "/reruns-sweep"))
    try home.write(
      "data shapes train=64 test=16; use quick dim=16; encoder mlp 8; batch 16; loss -Za . sg(Zb)\ntrain 1 steps as \"a\"\n"
        + "for t in [1, 2] parallel 2 { rerun \"a\" with seed=t }\n", to: "own.siam")
    let own = try siam("sweep", "own.siam", "--slurm")
    #expect(own.status == 0, Comment(rawValue: own.errors))
  }
}
