import Commands
import Foundation
import Tables
import Testing

/// What `check` says of a script that is right.
@Suite struct CheckTests {
  private static let script =
    Prompt.small + """
      let Lh = -normalize(h(sg(za))) . sg(Zb)
      for s in 1..3 {
        seed s
        loss -Pa . sg(Zb);  train fresh as "SimSiam"
        loss -Za . Zb
        train fresh 2*epochs as "Naive {s}"
      }
      loss alternating Lh, -Za . sg(Pb)
      train 5 steps

      """

  private struct Row: Decodable {
    let file: String
    let line: Int?
    let run: String
    let data: String?
    let runs: Int
    let steps: Int
    let parameters: Int?
    let flopsStep: Double?
    let memoryBytes: Int
    let secondsStep: Double?
    let secondsRun: Double?
    let seconds: Double
  }

  private func check(_ script: String, as format: TableFormat = .table, profile: String? = nil) throws -> Transcript {
    try Prompt(options: SessionOptions(databasePath: ":memory:", format: format, profileOverride: profile)).check(script)
  }

  private func rows(_ script: String, profile: String? = nil) throws -> [Row] {
    let answer = try check(script, as: .json, profile: profile)
    try #require(answer.end == .completed && answer.results.count == 1, Comment(rawValue: answer.errors))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode([Row].self, from: Data(answer.output.utf8))
  }

  /// A check has no runs: what a loop over them says is read once, and formulas that ask them are not computed.
  @Test func whatAsksRuns() throws {
    let script =
      Prompt.small + """
        loss -Pa . sg(Zb)
        train 2 steps as "a"
        for i in runs("a") { train 1000 steps }
        let best = max([run(i).top1 for i in runs("a")])
        let again = best + 1
        val second = run(runs("a")[1]).mr
        print "found {best}", again, second
        expect again > best and second > 0
        table verdict, mr
        """
    let rows = try rows(script)
    #expect(rows.map(\.steps) == [2, 1000, 1002])
  }

  @Test func everyTrainIsARow() throws {
    let rows = try rows(Self.script)
    #expect(rows.map(\.run) == ["SimSiam", "Naive 1", "Naive 2", "Naive 3", "", "total"])
    #expect(rows.map(\.line) == [8, 10, 10, 10, 13, nil])
    #expect(rows.map(\.runs) == [3, 1, 1, 1, 1, 7])
    #expect(rows.map(\.steps) == [8, 16, 16, 16, 5, 3 * 8 + 3 * 16 + 5])
    #expect(rows.allSatisfy { $0.file == "test" } && rows.dropLast().allSatisfy { $0.data == "shapes" })
    // Equal steps cost the same, to the last digit: they were looked at once.
    #expect(rows[1].seconds == rows[2].seconds && rows[1].flopsStep == rows[3].flopsStep)
    #expect(try #require(rows[0].parameters) > #require(rows[1].parameters))
  }

  @Test func theTotalIsThatOfTheRuns() throws {
    let rows = try rows(Self.script)
    let (runs, total) = (rows.dropLast(), try #require(rows.last))
    #expect(abs(total.seconds - runs.reduce(0) { $0 + $1.seconds }) < 1e-6 * total.seconds)
    #expect(total.memoryBytes == runs.map(\.memoryBytes).max())
    #expect(abs(runs[0].seconds - 3 * (try #require(runs[0].secondsRun))) < 1e-6)
  }

  @Test func forPeople() throws {
    let answer = try check(Self.script)
    #expect(answer.end == .completed)
    #expect(answer.results.count == 3)
    let lines = answer.results[0].split(separator: "\n")
    #expect(lines[0].hasPrefix("line   run        runs  steps  parameters  GFLOP a step  memory"))
    #expect(lines.count == 2 + 5 + 1)
    // MiB by itself; what other tests hold meanwhile counts too, as it is of the same process.
    #expect(lines[7].hasPrefix("total") && lines[7].contains(" 77 ") && lines[7].contains("iB ") && lines[7].contains("about "))
    #expect(answer.results[1].hasPrefix("estimates on shapes, with ") && answer.results[1].contains("measured just now"))
    #expect(answer.results[2] == "test: no mistakes found")
    #expect(try check(Self.script, as: .markdown).results[0].hasPrefix("| line | run | runs | steps |"))
  }

  @Test func forPrograms() throws {
    let answer = try check(Self.script, as: .csv)
    #expect(answer.results.count == 1)
    #expect(answer.output.hasPrefix("file,line,run,data,runs,steps,parameters,flops_step,memory_bytes,"))
    #expect(answer.notes == ["test: no mistakes found"])
  }

  @Test func nothingToTrain() throws {
    #expect(try check("print 1\n").results == ["test: no mistakes found"])
    #expect(try rows("print 1\n").map(\.run) == ["total"])
  }

  @Test func aMistakeIsAllThatIsSaid() throws {
    let answer = try check(Self.script + "train 0\n")
    #expect(answer.end == .usage)
    #expect(answer.results.isEmpty)
    #expect(answer.errors.contains("a training run of 0 epochs cannot be made"))
  }

  /// The paper's setting: ResNet-18 with heads of 2048 at a batch of 256, from the same text, in a process that never holds its gigabytes.
  @Test func thePapersSetting() throws {
    let script = "data shapes train=512 test=128\nuse quick\nloss -Pa . sg(Zb)\ntrain as \"SimSiam\"\n"
    let quick = try rows(script)[0]
    let paper = try rows(script, profile: "paper")[0]
    #expect(quick.steps == 20 && paper.steps == 2000)
    // Two views of 256: three times 0.555·10⁹ products an image, without the images' own gradient, and the heads.
    #expect(abs(try #require(paper.flopsStep) / 1e9 - 1754) < 20)
    #expect(paper.parameters == 11_168_832 + 1_048_576 + 2 * 4_194_304 + 6 * 2048 + 2 * 1_048_576 + 2 * 512 + 2048 + 5130)
    #expect(paper.memoryBytes > 1 << 30 && paper.memoryBytes < 8 << 30)
  }

  /// A value of the images has its shape in a check, and mistakes with it are found; what is computed of numbers alone is computed.
  @Test func valuesOfImages() throws {
    let begin = Prompt.small + "val z = Za\nval spread = std(Za)\nval n = 2 + 1\n"
    #expect(try check(begin + "loss -Pa . sg(z)\nfor i in 1..n { train 1 steps }\n").results[0].contains("  3  "))
    #expect(try check(begin + "print z + eye(3)").errors.contains("`z` is batch × dim 32"))
    #expect(try check(begin + "print z[65, :]").errors.contains("it has 1 to 64"))
    #expect(try check(begin + "print spread @ 3").end == .usage)
  }

  /// Nor is one of many batches or of a whole split: this would take days.
  @Test func valuesOfSamples() throws {
    let begin = Prompt.small + "data shapes train=100000 test=100000\nuse paper\nloss -Pa . sg(Zb)\n"
    let several = begin + "val V = [center(Za), mean(norm(Za)), 3] on 100000 batches\nval all = Za on train\n"
    #expect(try check(several + "print V[1] + zeros(D), all[100000, 1], V[3]\nfor i in 1..V[3] { train 1 steps }\n").results[0].contains("  3  "))
    #expect(try check(several + "print V[1] + zeros(5)").errors.contains("`V[1]` is a vector of dim 2048"))
    #expect(try check(several + "print all[100001, 1]").errors.contains("it has 1 to 100000"))
    #expect(try check(begin + "val z = Za on 2 batches").errors.contains("each batch has its own images, so there is no mean over batches"))
  }

  /// The session that asks stays as it is, and an included script's trainings are named by their file.
  @Test func fromAStatement() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("siam-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try (Prompt.small + "loss -Pa . sg(Zb)\ntrain 1 steps\n").write(
      to: folder.appendingPathComponent("inner.siam"), atomically: true, encoding: .utf8)
    let outer = folder.appendingPathComponent("outer.siam").path
    try "include \"inner.siam\"\ntrain 2 steps as \"more\"\n".write(toFile: outer, atomically: true, encoding: .utf8)
    let prompt = try Prompt()
    let answer = prompt("check \"\(outer)\"")
    #expect(answer.end == .completed, Comment(rawValue: answer.errors))
    #expect(answer.results[0].contains("\ninner.siam:6  (unnamed)") && answer.results[0].contains("\n2             more"))
    #expect(answer.results.last == "\(outer): no mistakes found")
    #expect(prompt("train").end == .usage)
  }
}
