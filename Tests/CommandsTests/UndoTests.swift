import Commands
import TestSupport
import Testing

/// What is trained after `undo` or `back` is, bit for bit, what was trained from that state the first time.
@Suite struct UndoTests {
  private static let options = SessionOptions(databasePath: ":memory:", format: .csv)

  /// Each has something that a step carries on to the next.
  private static let setups = [
    "loss -Pa . sg(Zb)",
    "seed 3; loss -Za . sg(Zn)",
    "teacher 0.9; loss -Pa . sg(Tb)",
    "queue 128; loss infonce(Za, cat(Zb, Q), 0.2)",
    "memory 0.8; loss -Za . sg(Mb)",
    "loss -Za . sg(Zb + 0.1*ema(oz, 0.9))",
    "loss -Za . sg(Zb + 0.1*randn(M, D))",
    "loss alternating -Pa . sg(Zb), -Za . sg(Zb)",
    "module g = fc + bn; loss -normalize(g(za)) . sg(Zb)",
    "val A = randn(32); track noise = norm(randn(4)) every epoch on test; loss -Za . sg(Zb + 0.1*A)",
    "optimizer sgd momentum=0.99; schedule cosine warmup=1; loss -Pa . sg(Zb)"
  ]

  private func series(_ run: String, _ prompt: Prompt) throws -> String {
    let answer = prompt("sql SELECT metric, step, printf('%.17g', value) FROM metric_series WHERE name = '\(run)' ORDER BY metric, step")
    try #require(answer.output.contains("loss,"), "the run has no series")
    return answer.output
  }

  @Test(arguments: setups)
  func goesOnAsItDid(setup: String) throws {
    let prompt = try Prompt(Prompt.small + setup + "\ntrain 5 steps as \"before\"\n", options: Self.options)
    prompt("train 10 steps as \"original\"")
    // Whatever comes between leaves no trace.
    let between = "predictor fc; optimizer sgd lr=1; train 3 steps; reset; seed 9; loss -Za . Zb; train 2 steps; undo 7"
    #expect(prompt(between).errors == "")
    #expect(prompt("train 10 steps as \"again\"").errors == "")
    #expect(try series("again", prompt) != series("original", prompt))
    #expect(prompt("undo 2; train 10 steps as \"third\"").errors == "")
    #expect(try series("third", prompt) == series("original", prompt))
    // What its record says makes it.
    let verified = prompt("verify \"third\"")
    #expect(verified.end == .completed, Comment(rawValue: verified.errors))
  }

  @Test(arguments: setups)
  func comesBackToABranch(setup: String) throws {
    let prompt = try Prompt(Prompt.small + setup + "\ntrain 5 steps; branch fork; train 10 steps as \"left\"\n", options: Self.options)
    // One that is never trained from: its weights are kept when the other comes back.
    prompt("branch end; predictor fc D/2 + relu + fc; print std; back fork; back end; train 4 steps as \"on\"")
    #expect(prompt("back fork; train 10 steps as \"right\"; train 4 steps as \"there\"").errors == "")
    #expect(try series("right", prompt) == series("left", prompt))
    #expect(try series("there", prompt) == series("on", prompt))
  }

  /// `train fresh` and `rerun` make a new model before they find that they cannot train it: the one before is there again.
  @Test(arguments: ["train fresh 0 steps", "rerun 1 with batch=1000"])
  func whatIsRefusedChangesNothing(statement: String) throws {
    let prompt = try Prompt(Prompt.small + "loss -Pa . sg(Zb)\ntrain 3 steps as \"a\"\n", options: Self.options)
    let before = prompt("print loss; show").output
    #expect(prompt(statement).end == .usage)
    #expect(prompt("print loss; show").output == before)
    #expect(prompt("undo").notes == ["undone: train 3 steps as \"a\" (run 1 stays in the history) · now at step 0, nothing trained yet"])
  }

  /// Settings of networks that were trained: which begin anew is said, once.
  @Test func newWeightsAreTold() throws {
    let prompt = try Prompt(Prompt.small + "loss -Pa . sg(Zb)\nencoder mlp 8\npredictor fc\n", options: Self.options)
    #expect(!prompt("encoder mlp 16; predictor fc + fc").notes.contains { $0.contains("new weights") })
    prompt("train 2 steps")
    func told(_ statement: String) -> [String] { prompt(statement).notes.filter { $0.hasPrefix("new weights") } }
    #expect(told("predictor fc").map { $0.prefix { $0 != ":" } } == ["new weights for h"])
    #expect(told("predictor fc + fc") == [] && told("batch 32; seed 4") == [])
    #expect(told("encoder mlp 8").map { $0.prefix { $0 != ":" } } == ["new weights for encoder, projector"])
    #expect(told("encoder mlp 16") == [])
    // What it says is what comes.
    let before = prompt("print fro(weight(projector, 1)), fro(weight(h, 1))").output
    prompt("predictor fc")
    #expect(prompt("print fro(weight(projector, 1))").output == before.prefix { $0 != " " })
    #expect(prompt("undo; print fro(weight(projector, 1)), fro(weight(h, 1))").output == before)
  }

  @Test func keepsTheRunsAndTellsWhereItIs() throws {
    let prompt = try Prompt(Prompt.small + "loss -Za . sg(Zb)\ntrain 2 steps as \"first\"\ntrain 3 steps\n")
    #expect(prompt("undo").notes == ["undone: train 3 steps (run 2 stays in the history) · now at step 2 of run 1"])
    #expect(prompt("undo").notes == ["undone: train 2 steps as \"first\" (run 1 stays in the history) · now at step 0, nothing trained yet"])
    #expect(prompt("sql SELECT count(*) AS runs FROM run_list").output.contains("2"))
    prompt("train 2 steps as \"anew\"")
    #expect(prompt("sql SELECT continues FROM run_list WHERE name = 'anew'").errors == "")
    #expect(!prompt("lineage \"anew\"").output.contains("first"))
  }

  @Test func takesBackDefinitionsAndSettings() throws {
    let prompt = try Prompt()
    prompt("val x = 1; val x = 2; undo")
    #expect(try prompt.value("x") == "1")
    prompt("batch 64; undo; undo")
    #expect(prompt("print x").errors.contains("`x`"))
    #expect(prompt("show").output.contains("batch 256"))
  }

  /// A block is one statement of the user's.
  @Test func takesBackABlockWhole() throws {
    let prompt = try Prompt("val n = 0\n")
    prompt("for i in 1..3 { val n = n + i }")
    #expect(try prompt.value("n") == "6")
    prompt("undo")
    #expect(try prompt.value("n") == "0")
    #expect(prompt("print i").end == .usage)
    // Inside one it takes back what came before it there.
    prompt("for i in 1..3 { val n = n + i; undo }")
    #expect(try prompt.value("n") == "0")
  }

  @Test func refusesWhatIsNotThere() throws {
    let prompt = try Prompt()
    #expect(prompt("undo").errors.contains("there is nothing to undo"))
    #expect(prompt("back").errors.contains("there is no branch to go back to"))
    #expect(prompt("branch start; back strat").errors.contains("did you mean `start`?"))
    // A refused statement has changed nothing, and there is nothing of it to take back.
    prompt("val x = 1; val x = ")
    prompt("val x = nothing")
    prompt("print 1; undo")
    #expect(prompt("print x").end == .usage)
  }

  @Test func isForgottenBeyondItsBound() throws {
    let prompt = try Prompt(String(repeating: "val x = 1\n", count: 130))
    #expect(prompt("undo 100").errors == "")
    #expect(prompt("undo").errors.contains("there is nothing to undo any more"))
  }

  @Test func isFollowedByACheck() throws {
    let prompt = try Prompt()
    #expect(prompt.check("val x = 1; undo; print x").errors.contains("`x`"))
    #expect(prompt.check("branch a; val x = 1; back a; print x").errors.contains("`x`"))
  }
}
