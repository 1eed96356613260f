import Commands
import TestSupport
import Testing

/// `watch CONDITION stop "WHY"`
@Suite struct WatchTests {
  private func prompt(_ text: String = "") throws -> Prompt {
    try Prompt(Prompt.small + "loss -Za . sg(Zb)\n" + text, options: SessionOptions(databasePath: ":memory:", format: .csv))
  }

  @Test func endsTheTraining() throws {
    let prompt = try prompt("watch step >= 3 stop \"enough\"\n")
    let trained = prompt("train as \"short\"")
    #expect(trained.end == .completed)
    #expect(trained.notes.contains { $0.contains("stopped after 3 steps by `watch`: \"enough\" (step 3) · verdict: ") })
    #expect(prompt("sql SELECT steps, state FROM run_list").output.hasSuffix("3,finished"))
    #expect(prompt("history where stopped = \"enough\" columns name").output.hasSuffix("short"))
    #expect(prompt("history where stopped_by = \"step >= 3\" columns name").output.hasSuffix("short"))
    // It is part of what made the run.
    #expect(prompt("verify \"short\"").end == .completed)
    #expect(prompt("rerun \"short\" with lr=0.1 as \"again\"").errors == "")
    #expect(prompt("sql SELECT steps FROM run_list WHERE name = 'again'").output.hasSuffix("\n3"))
  }

  /// Names and whether it holds at the end of the second epoch of eight steps, when `top1` has been measured.
  @Test(arguments: [
    ("loss < 100", "1"), ("std > 0 and epoch == 2", "9"), ("not (step < 6)", "6"), ("top1 >= 0", "8"), ("top1 < 0 or step - 1 > 2^2", "6"),
    ("abs(loss) > 100", "16"), ("top1 > 200 and loss < 100", "16"), ("big < step", "13"), ("mean_length > 0", "1"), ("-loss > -100", "1")
  ])
  func holds(condition: String, steps: String) throws {
    let prompt = try prompt("val big = 12\ntrack mean_length = mean(norm(Za))\nwatch \(condition) stop\n")
    #expect(prompt("train 2").errors == "")
    #expect(prompt("sql SELECT steps FROM run_list").output.hasSuffix("\n\(steps)"))
  }

  @Test(arguments: [
    ("watch sdt < 0.1 stop", "did you mean `std`?"), ("watch std stop", "neither true nor false"),
    ("watch norm(Za) < 1 stop", "no metric and no number"),
    ("watch std < \"a\" stop", "no metric and no number"), ("watch std < 0.1", "`stop`")
  ])
  func refuses(statement: String, message: String) throws {
    let prompt = try prompt()
    let answer = prompt(statement)
    #expect(answer.end == .usage)
    #expect(answer.errors.contains(message), Comment(rawValue: answer.errors))
  }

  /// Known as a metric, but of nothing that this run measures.
  @Test func refusesWhatTheRunDoesNotMeasure() throws {
    let prompt = try prompt("probe off; watch top1 > 90 stop\n")
    let answer = prompt("train")
    #expect(answer.end == .usage)
    #expect(answer.errors.contains("`top1` is watched, and this run does not measure it"))
  }

  @Test func isShownAndTurnedOff() throws {
    let prompt = try prompt("watch std < 0.001 stop \"collapse\"; watch loss > 10 stop\n")
    #expect(prompt("show").output.contains("watch std < 0.001 stop \"collapse\"\nwatch loss > 10 stop"))
    #expect(!prompt("watch off; show").output.contains("watch"))
    prompt("undo")
    #expect(prompt("show").output.contains("watch loss > 10 stop"))
  }
}
