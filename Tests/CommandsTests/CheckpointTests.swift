import Commands
import Foundation
import TestSupport
import Testing

/// `save`, `load`, `checkpoint`: the live state goes away and comes back.
@Suite struct CheckpointTests {
  private let home: TemporaryFolder
  private let prompt: Prompt

  init() throws {
    home = try TemporaryFolder()
    prompt = try Prompt(Self.settings, options: SessionOptions(databasePath: home.path + "/history.sqlite"))
  }

  private static let settings = """
    data shapes train=128 test=32
    use quick dim=16 epochs=1
    batch 16
    encoder mlp 16
    loss alternating -Pa . sg(Zb), -Za . sg(Zb + 0.1*randn(M, D))

    """

  private func series(_ run: String) throws -> String {
    let query = "SELECT group_concat(printf('%d:%.17g', step, value), ' ') FROM metric_series WHERE name = '\(run)' AND metric = 'loss'"
    return try #require(sql(query).first)
  }

  private func checkpoints() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: home.path + "/checkpoints")) ?? []).sorted()
  }

  private func sql(_ query: String) -> [String] {
    prompt("sql \(query)").output.split(separator: "\n").dropFirst(2).map { $0.trimmingCharacters(in: .whitespaces) }
  }

  @Test func aLoadedStateGoesOnAsTheSavedOneDid() throws {
    let file = home.path + "/x.safetensors"
    prompt("train 5 steps as \"begin\"\nval m = mr\nval A = randn(2, 3)")
    let saved = prompt("save \"\(file)\"")
    #expect(saved.notes.first?.hasPrefix("\(file): step 5, ") == true, Comment(rawValue: saved.errors))
    prompt("train 6 steps as \"first\"\nclear m; clear A\ntrain 2 steps")
    let loaded = prompt("load \"\(file)\"")
    #expect(loaded.notes == ["\(file): step 5 of run 1 \"begin\", seed 0"], Comment(rawValue: loaded.errors))
    #expect(prompt("train 6 steps as \"second\"").end == .completed)
    #expect(try series("first") == series("second"))
    #expect(prompt("expect m == run(\"begin\").mr or m > 0\nprint shape(A)").output == "[2, 3]")
    // The run goes on from the one that the file is of, and its record begins with the file.
    #expect(sql("SELECT continues FROM runs WHERE name = 'second'") == ["1"])
    #expect(sql("SELECT count(*) FROM run_statements WHERE name = 'second' AND text LIKE 'train%'") == ["1"])
    #expect(sql("SELECT count(*) FROM run_statements WHERE name = 'second' AND text LIKE 'load \"%\" hash=\"%\"'") == ["1"])
  }

  @Test func valuesOfTheSessionStay() throws {
    let file = home.path + "/x.safetensors"
    prompt("val tau = 0.1\nval other = 7\ntrain 1 steps\nsave \"\(file)\"\nval tau = 0.2\nclear other")
    prompt("load \"\(file)\"")
    #expect(try prompt.value("tau") == "0.2")
    #expect(try prompt.value("other") == "7")
  }

  @Test func anotherArchitectureIsRefusedAndNothingChanges() throws {
    let file = home.path + "/x.safetensors"
    prompt("train 2 steps\nsave \"\(file)\"")
    let other = try Prompt(Self.settings + "predictor fc 4 + relu + fc D\ntrain 1 steps as \"a\"\n")
    let before = try other.value("mean(weight(h, 1))")
    let answer = other("load \"\(file)\"")
    #expect(answer.end == .usage)
    #expect(
      answer.errors.contains(
        "is of another architecture: predictor is fc 4 (no bias) + bn + relu + fc 16 there and fc 4 + relu + fc 16 here"),
      Comment(rawValue: answer.errors))
    #expect(try other.value("mean(weight(h, 1))") == before)
    #expect(other("print run(\"\").steps").output == "1")
  }

  /// `winograd=false` goes with a run: into its settings, its checkpoint, and what `resume` makes of it.
  @Test func directConvolutionsAreSavedAndResumed() throws {
    let file = home.path + "/x.safetensors"
    prompt("encoder resnet18 width=2 winograd=false\ntrain 1 steps as \"a\"\nsave \"\(file)\"")
    #expect(sql("SELECT flag FROM settings WHERE name = 'encoder_winograd'") == ["0"])
    #expect(prompt("show").output.contains("encoder_winograd: false"))
    prompt("checkpoint\nencoder resnet18 width=2")
    #expect(
      prompt("load \"\(file)\"").errors.contains("encoder is resnet18 width=2 winograd=false there and resnet18 width=2 here"))
    prompt("encoder resnet18 winograd=(1 == 2) width=2")
    #expect(prompt("load \"\(file)\"").end == .completed)
    #expect(prompt("show").output.contains("encoder_winograd: false"))
  }

  @Test func whatElseDiffersIsTold() throws {
    let file = home.path + "/x.safetensors"
    prompt("train 2 steps\nsave \"\(file)\"")
    let other = try Prompt(Self.settings + "optimizer sgd lr=0.25\nseed 3\n")
    let notes = other("load \"\(file)\"").notes
    #expect(notes.last == "  it was made with lr 0.5 (here 0.25)")
    // The seed is the file's; the position too.
    #expect(notes.first == "\(file): step 2, seed 0")
  }

  @Test func aStateBeforeTheFirstStep() throws {
    let file = home.path + "/x.safetensors"
    prompt("seed 4\nsave \"\(file)\"\ntrain 3 steps as \"a\"\nreset\nseed 5\nload \"\(file)\"\ntrain 3 steps as \"b\"")
    #expect(try series("a") == series("b"))
  }

  @Test func aFileThatHasChangedIsNotTheOneOfTheRecord() throws {
    let file = home.path + "/x.safetensors"
    prompt("train 1 steps\nsave \"\(file)\"")
    #expect(prompt("load \"\(file)\" hash=\"0123\"").errors.contains("is another file than the one meant: its hash is "))
  }

  /// Whatever kind of value it is: who repeats the statements may have other runs.
  @Test(arguments: [
    "run(\"a\").verdict", "run(\"a\").collapsed", "run(\"a\").mr", "[run(\"a\").name, \"\\\\ \\\"x\\\"\"]", "runs(\"a\")",
    "0/0*run(\"a\").steps", "[run(\"a\").steps, 0.1, 1/0, -1/0, 0/0]"
  ])
  func whatWasReadOffARunStandsInTheRecord(_ expression: String) throws {
    let made = prompt("train 2 steps as \"a\"\nval v = \(expression)\ntrain 1 steps as \"b\"")
    #expect(made.end == .completed, Comment(rawValue: made.errors))
    let value = try prompt.value("v")
    let text = try #require(sql("SELECT text FROM run_statements WHERE name = 'b' AND text LIKE 'val v = %'").first)
    let parts = text.components(separatedBy: "  # ")
    #expect(parts.count == 2 && !parts[0].contains("run"), Comment(rawValue: text))
    prompt("val v = 5\n\(parts[0])")
    #expect(try prompt.value("v") == value)
  }

  // MARK: Beside the history

  @Test func aCheckpointBelongsToTheLatestRun() throws {
    prompt("train 3 steps\ncheckpoint\ntrain 2 steps\ncheckpoint\ncheckpoint")
    #expect(
      sql("SELECT run_id || ' ' || kind || ' ' || step || ' ' || length(hash) FROM run_artifacts") == ["1 checkpoint 3 64", "2 checkpoint 5 64"])
    #expect(checkpoints().count == 2)
    #expect(prompt("history 1").output.contains("checkpoint"))
  }

  @Test(arguments: ["2 epochs", "epoch", "7 steps", "1e-3 s"])
  func theNewestIsKept(_ rule: String) throws {
    // 20 steps are two epochs and a half; the last is written at the run's end.
    prompt("checkpoint every \(rule)\ntrain 20 steps")
    #expect(sql("SELECT step FROM run_artifacts") == ["20"])
    #expect(checkpoints().count == 1 && checkpoints()[0].hasSuffix("-step-20.safetensors"))
  }

  @Test(arguments: ["off", "every 10 min"]) func aShortRunCostsNothing(_ rule: String) throws {
    prompt("checkpoint \(rule)\ntrain 5 steps")
    #expect(checkpoints().isEmpty)
    #expect(sql("SELECT count(*) FROM run_artifacts") == ["0"])
  }

  @Test func aFailedWriteIsAWarningOnce() throws {
    try home.write("in the way", to: "checkpoints")
    let answer = prompt("checkpoint every step\ntrain 5 steps as \"a\"")
    #expect(answer.end == .completed)
    #expect(answer.errors.components(separatedBy: "warning: no checkpoint was written: ").count == 2, Comment(rawValue: answer.errors))
    #expect(answer.errors.contains("cannot be written: Not a directory"))
    #expect(try prompt.value("run(\"a\").steps") == "5")
    #expect(prompt("checkpoint").end == .failed)
  }

  @Test func inMemoryACheckpointNeedsAName() throws {
    let memory = try Prompt(Self.settings + "checkpoint every 2 steps\n")
    let answer = memory("train 5 steps as \"a\"")
    #expect(answer.end == .completed)
    #expect(answer.errors.contains("warning: no checkpoint is kept, as the history is in memory"))
    #expect(memory("checkpoint").errors.contains("the history is in memory, so a checkpoint needs a name"))
  }
}
