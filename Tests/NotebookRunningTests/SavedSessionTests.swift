import Foundation
import TestSupport
import Testing

/// `save "s.siam"` and `save minimal "s.siam"`: what they write runs, and passes its test.
@Suite struct SavedSessionTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private static let setup = "data shapes train=64 test=16; use quick dim=16; encoder mlp 16; batch 16"

  private func type(_ text: String, _ options: String..., db: String = ":memory:") throws -> SiamProcess {
    try SiamProcess.run(["-e", text, "--db", db] + options, home: home)
  }

  private func saved(_ name: String = "s.siam") throws -> String { try String(contentsOfFile: home.path + "/" + name, encoding: .utf8) }

  /// It runs, and answers what the session answered.
  private func expectToHold(_ name: String = "s.siam", _ options: String...) throws {
    let run = try SiamProcess.run(["run", name, "--db", ":memory:"] + options, home: home)
    let text = try saved(name)
    #expect(run.status == 0, Comment(rawValue: run.errors + text))
    let test = try SiamProcess.run(["test", name] + options, home: home)
    #expect(test.status == 0, Comment(rawValue: test.output + test.errors + text))
  }

  @Test func aSession() throws {
    let session = try type(
      "\(Self.setup)\nlet Ge = -Zn\nloss -Za . sg(Zb + oe)\ntrain 2 steps as \"a\"\nstd\nfor i in 1..2 {\n  print i\n}\nhistory\nsave \"s.siam\"")
    #expect(session.status == 0 && session.errors.contains("s.siam: 10 statements"), Comment(rawValue: session.errors))
    let text = try saved()
    #expect(text.hasPrefix("# A session of Siam "))
    // A bare expression is a script's `print`; what asks the record is for the reader.
    #expect(text.contains("\nprint std\n#> 0.") && text.contains("for i in 1..2 {\n  print i\n}\n#> 1\n#> 2\n") && text.contains("\nhistory\n#> …\n"))
    #expect(!text.contains("\nsave"))
    try expectToHold()
  }

  @Test func whatTheCommandLineSet() throws {
    try home.write("val tau = 0.5; use quick dim=16\nif tau < 1 { encoder mlp 16 }\nprint tau, profile\n", to: "settings.siam")
    let session = try type(
      "include \"settings.siam\"\nval word = \"a\"\nprint word\nsave \"s.siam\"", "--set", "tau=0.25", "--set", "word=some words", "--profile",
      "paper")
    #expect(session.status == 0, Comment(rawValue: session.errors))
    let text = try saved()
    #expect(
      text.contains("val tau = 0.25") && text.contains("use paper dim=16") && text.contains("val word = \"some words\""), Comment(rawValue: text))
    try expectToHold()
  }

  @Test func fromAnotherFolder() throws {
    try FileManager.default.createDirectory(atPath: home.path + "/other", withIntermediateDirectories: true)
    try home.write("print 7\n", to: "part.siam")
    let session = try type("include \"part.siam\"\nhistory > \"out.csv\"\nsave \"other/s.siam\"")
    #expect(session.status == 0, Comment(rawValue: session.errors))
    #expect(try saved("other/s.siam").contains("--allow-write"))
    try expectToHold("other/s.siam", "--allow-write")
  }

  @Test func whatFailed() throws {
    let terminal = try PseudoTerminal(home: home)
    try terminal.expect("siam> ")
    for line in ["val a = 1", "print missing", "expect a > 2", "print a; print also_missing", "save \"s.siam\""] { try terminal.run(line) }
    try terminal.type("quit\r")
    #expect(try terminal.waitForEnd() == 0)
    let text = try saved()
    #expect(
      text.contains("#   print missing\n") && text.contains("#   expect a > 2\n") && text.contains("\nprint a\n#> 1\n"), Comment(rawValue: text))
    try expectToHold()
  }

  /// What somebody has written is not overwritten.
  @Test func whatIsThere() throws {
    try home.write("print 1 # mine\n", to: "mine.siam")
    let refused = try type("print 2\nsave \"mine.siam\"")
    #expect(refused.status == 2 && refused.errors.contains("is there already"), Comment(rawValue: refused.errors))
    #expect(try saved("mine.siam") == "print 1 # mine\n")
    #expect(try type("print 2\nsave \"s.siam\"\nprint 3\nsave \"s.siam\"").status == 0)
    #expect(try saved().contains("print 3"))
    // Nor what was added to a saved session.
    try home.write(try saved() + "# My conclusion\n", to: "s.siam")
    #expect(try type("print 4\nsave \"s.siam\"").errors.contains("was changed since, so it is not overwritten"))
    #expect(try saved().hasSuffix("# My conclusion\n"))
    // A file that a block writes is the same one from another folder.
    try FileManager.default.createDirectory(atPath: home.path + "/d", withIntermediateDirectories: true)
    #expect(try type("\(Self.setup)\nif true { save \"d/k.safetensors\" }\nsave \"d/s.siam\"").status == 0)
    #expect(try SiamProcess.run(["run", "d/s.siam", "--db", ":memory:", "--allow-write"], home: home).status == 0)
    #expect(try type("save \"s.txt\"").status == 2)
    #expect(try type("save minimal \"x.safetensors\"").errors.contains("`minimal` is for a notebook"))
  }

  @Test func minimal() throws {
    let session = try type(
      "\(Self.setup)\nbatch 32\nbatch 16\nlet unused = za + zb\nval t = 0.5\nseed 3\nloss infonce(Za, sg(Zb), t)\ntrain 3 steps as \"lost\"\nprint std\n"
        + "train fresh 2 steps as \"kept\"\ntable mr\nsave minimal \"s.siam\"")
    #expect(session.status == 0, Comment(rawValue: session.errors))
    let text = try saved()
    #expect(session.errors.contains("is reproduced"), Comment(rawValue: session.errors + text))
    for lost in ["unused", "lost", "batch 32", "print", "table"] {
      #expect(!text.contains("\n" + lost) && !text.contains("\"\(lost)\""), Comment(rawValue: text))
    }
    #expect(text.contains("val t = 0.5") && text.contains("train fresh 2 steps"))
    try expectToHold()
    // The runs of the replay are nobody's.
    let counted = try type("\(Self.setup)\nloss -Za . sg(Zb)\ntrain 1 steps\nsave minimal \"s.siam\"\ntable steps", db: home.path + "/h.sqlite")
    #expect(counted.status == 0)
    #expect(try SiamProcess.run(["history", "--format", "csv", "--db", home.path + "/h.sqlite"], home: home).output.split(separator: "\n").count == 2)
  }

  /// The state that the notebook makes is the session's, to the last bit.
  @Test func minimalIsTheState() throws {
    let begin = "\(Self.setup)\nloss -Za . sg(Zb)\ntrain 2 steps\nbatch 32\ntrain 2 steps\nprint std\n"
    #expect(try type(begin + "save \"a.safetensors\"\nsave minimal \"s.siam\"").status == 0)
    let again = try saved() + "save \"b.safetensors\"\n"
    try home.write(again, to: "again.siam")
    #expect(try SiamProcess.run(["run", "again.siam", "--db", ":memory:", "--allow-write"], home: home).status == 0)
    func weights(_ name: String) throws -> Data {
      let data = try Data(contentsOf: URL(fileURLWithPath: home.path + "/" + name))
      let length = data.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
      return data.dropFirst(8 + length)
    }
    #expect(try weights("a.safetensors") == weights("b.safetensors"))
  }

  /// Sessions of statements in any order.
  @Test func randomSessions() throws {
    let statements = [
      "val a = 2", "val a = a + 1", "val b = randn(3)", "let f = a*za", "print a", "print std", "loss -Za . sg(Zb)", "loss -Pa . sg(Zb)",
      "train 1 steps as \"r\"",
      "train fresh 2 steps", "reset", "seed 4", "batch 32", "for i in 1..2 { val a = i; print a }",
      "if a > 1 { print \"more\" } else { train 1 steps }",
      "optimizer sgd lr=0.1", "probe off", "predictor fc + relu + fc", "track t = mean(za)", "table mr", "decompose Za", "history limit 1", "a",
      "augment none", "undo", "undo", "print std; undo 2", "branch k", "train 1 steps; back k", "branch \"other\"; seed 9; back"
    ]
    var random = SplitMix64(state: 11)
    var count = 0
    for _ in 0..<40 where count < 14 {
      let lines = (0..<Int.random(in: 3...10, using: &random)).map { _ in random.pick(statements) }
      let session = "\(Self.setup)\nval a = 1\nloss -Za . Zb\n" + lines.joined(separator: "\n")
      let typed = try type(session + "\nsave \"s.siam\"\nsave minimal \"m.siam\"")
      guard typed.status == 0 else { continue }
      count += 1
      try expectToHold("s.siam")
      try expectToHold("m.siam")
      #expect(typed.errors.contains("is reproduced"), Comment(rawValue: session + typed.errors))
      try FileManager.default.removeItem(atPath: home.path + "/s.siam")
      try FileManager.default.removeItem(atPath: home.path + "/m.siam")
    }
    #expect(count == 14)
  }

  /// What was taken back, and what only shows, is not needed.
  @Test func whatWasUndone() throws {
    let begin = "\(Self.setup)\nloss -Pa . sg(Zb)\ntrain 2 steps as \"a\"\n"
    for detour in [
      "seed 3; undo", "branch k; train 1 steps; back k", "train 1 steps; let x = za; undo 2", "rerun 1; undo", "batch 32; branch k; undo"
    ] {
      let typed = try type(begin + detour + "\nplot mr\nprint mr\nsave minimal \"m.siam\"")
      #expect(typed.status == 0 && typed.errors.contains("is reproduced"), Comment(rawValue: detour + typed.errors))
      let lines = try saved("m.siam").split(separator: "\n").filter { !$0.hasPrefix("#") }
      #expect(lines.last == "train 2 steps as \"a\"" && lines.count == 6, Comment(rawValue: detour + ": " + lines.joined(separator: "\n")))
      try expectToHold("m.siam")
    }
  }

  /// A replay finds the session's runs, and the notebook has those alone that it makes: what asks for runs keeps all trainings.
  @Test(arguments: [
    "train 1 steps as \"r\"; reset; rerun \"r\"; train fresh 1 steps",
    "train 1 steps as \"r\"; val m = run(\"r\").mr; loss -m*Za . sg(Zb); train fresh 1 steps",
    "train 1 steps as \"r\"; for s in runs(\"r\") { batch 8 }; train fresh 1 steps", "train 1 steps as \"r\"; undo; rerun \"r\""
  ])
  func whatAsksForRuns(session: String) throws {
    let typed = try type("\(Self.setup)\nloss -Pa . sg(Zb)\n\(session)\nsave \"a.safetensors\"\nsave minimal \"m.siam\"")
    #expect(typed.status == 0 && typed.errors.contains(" 0 left out; "), Comment(rawValue: typed.errors))
    let notebook = try saved("m.siam")
    try home.write(notebook + "\nsave \"b.safetensors\"\n", to: "again.siam")
    let again = try SiamProcess.run(["run", "again.siam", "--db", ":memory:", "--allow-write"], home: home)
    #expect(again.status == 0, Comment(rawValue: again.errors + notebook))
  }

  /// What failed halfway has changed the session, and the notebook says that it does not.
  @Test func whatFailedHalfway() throws {
    let terminal = try PseudoTerminal(home: home, columns: 160)
    try terminal.expect("siam> ")
    for line in [Self.setup, "batch 8", "undo 50", "if true { batch 4; batch 0 }", "print M"] { _ = try terminal.run(line) }
    let said = try terminal.run("save \"s.siam\"")
    #expect(said.contains("`if true { batch 4; batch 0 }` failed halfway: what it had done by then is not in the notebook"), Comment(rawValue: said))
    #expect(try terminal.run("save minimal \"m.siam\"").contains("none was left out, as `if true { batch 4; batch 0 }` failed halfway"))
    // `undo` takes back all that it was asked to, or nothing.
    let text = try saved()
    #expect(text.contains("\nbatch 8\n# left out, as it failed (only 5 statements can be taken back):\n#   undo 50\n"), Comment(rawValue: text))
    #expect(text.contains("\nprint M\n#> …\n#> 4\n"), Comment(rawValue: text))
    try terminal.type(PseudoTerminal.Key.control("d"))
    #expect(try terminal.waitForEnd() == 0)
  }

  /// A notebook trains to its end what Ctrl-C stopped: it says so, and claims nothing that it cannot prove.
  @Test func whatWasStopped() throws {
    let terminal = try PseudoTerminal(home: home, columns: 160)
    _ = try terminal.run(Self.setup.replacingOccurrences(of: "train=64", with: "train=1280") + "; probe off; loss -Za . sg(Zb)")
    try terminal.type("train 100000 as \"long\"" + PseudoTerminal.Key.enter)
    try terminal.expect("epoch 1/100000")
    try terminal.type(PseudoTerminal.Key.control("c"))
    try terminal.expect("siam> ")
    _ = try terminal.run("print std")
    let said = try terminal.run("save \"s.siam\"")
    #expect(said.contains("was stopped: the notebook trains it to its end"), Comment(rawValue: said))
    let text = try saved()
    let stopped = try Regex("\n# It was stopped after [0-9]+ steps?; here it trains to its end.\ntrain 100000 as \"long\"\nprint std\n#> …\n")
    #expect(text.contains(stopped), Comment(rawValue: text))
    try terminal.type(PseudoTerminal.Key.control("d"))
    #expect(try terminal.waitForEnd() == 0)
  }
}
