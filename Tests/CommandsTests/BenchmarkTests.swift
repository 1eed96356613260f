import Commands
import Foundation
import Tables
import Testing

/// What `bench` says of an experiment's steps.
@Suite(.serialized) struct BenchmarkTests {
  private static let simSiam = Prompt.small + "augment none\nloss -Pa . sg(Zb)\n"

  private struct Answer: Decodable {
    let stepMs: Double
    let minMs: Double
    let maxMs: Double
    let meanMs: Double
    let steps: Int
    let warmupSteps: Int
    let imagesPerS: Double
    let gflopStep: Double
    let gflops: Double
    let sgemmGflops: Double
    let sgemmShare: Double
    let peakBytes: Int
    let arenaBytes: Int
    let waitMs: Double
    let metricsMs: Double
    let metricsShare: Double
    let rankMs: Double?
    let threads: Int
    let batch: Int
    let views: Int
    let parameters: Int
    let model: String
    let data: String
    let primitives: [Part]
    let outside: [Part]
  }

  private struct Part: Decodable {
    let name: String
    let ms: Double
    let share: Double
    let calls: Double?
    let gflops: Double?
    let bytes: Double?
  }

  private func benchmark(_ text: String?, as format: TableFormat = .table, steps: Int? = 2) throws -> Transcript {
    try Prompt(options: SessionOptions(databasePath: ":memory:", format: format)).benchmark(text, steps: steps)
  }

  private func answer(_ text: String?, steps: Int? = 2) throws -> Answer {
    let found = try benchmark(text, as: .json, steps: steps)
    try #require(found.end == .completed && found.results.count == 1, Comment(rawValue: found.errors))
    #expect(!found.output.contains("\n") && found.notes.count == 1 && found.progressCount == 0)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Answer.self, from: Data(found.output.utf8))
  }

  private func isClose(_ value: Double, _ other: Double) -> Bool { abs(value - other) <= 1e-6 * max(abs(value), abs(other)) }

  @Test func theNumbersAgreeWithEachOther() throws {
    let found = try answer(Self.simSiam, steps: 5)
    #expect(found.steps == 5 && found.minMs <= found.stepMs && found.stepMs <= found.maxMs)
    #expect(found.minMs <= found.meanMs && found.meanMs <= found.maxMs)
    #expect(isClose(found.imagesPerS, 1e3 * 64 / found.stepMs) && found.batch == 64 && found.views == 2)
    #expect(isClose(found.gflops, 1e3 * found.gflopStep / found.stepMs) && isClose(found.sgemmShare, found.gflops / found.sgemmGflops))
    let parts = found.primitives + found.outside
    #expect(isClose(parts.reduce(0) { $0 + $1.share }, 1) && isClose(parts.reduce(0) { $0 + $1.ms }, found.stepMs))
    #expect(parts.allSatisfy { $0.ms >= 0 && $0.share >= 0 })
    #expect(found.primitives.allSatisfy { ($0.calls ?? 0) >= 1 && ($0.bytes ?? 0) > 0 && ($0.gflops ?? -1) >= 0 })
    #expect(found.primitives.map(\.ms) == found.primitives.map(\.ms).sorted(by: >))
    #expect(found.outside.map(\.name) == ["data wait", "optimizer", "rest"] && found.outside[0].ms == found.waitMs)
    #expect(isClose(found.metricsShare, found.metricsMs / found.stepMs) && found.metricsMs > 0)
    #expect(found.metricsMs < found.primitives.reduce(0) { $0 + $1.ms } && found.rankMs != nil)
    #expect(found.peakBytes > found.arenaBytes && found.arenaBytes > 0 && found.threads >= 1)
    #expect(found.model.hasPrefix("convnet width=4, projector fc 32") && found.data.hasPrefix("shapes: 512 train"))
  }

  /// The step is the one that a check counts, and the one that is trained.
  @Test func theStepIsThatOfATraining() throws {
    let checked = try Prompt(options: SessionOptions(databasePath: ":memory:", format: .csv)).check(Self.simSiam + "train\n").output
    let row = try #require(checked.split(separator: "\n").dropFirst().first).split(separator: ",", omittingEmptySubsequences: false)
    let found = try answer(Self.simSiam)
    #expect(row[6] == "\(found.parameters)")
    #expect(isClose(try #require(Double(row[7])), 1e9 * found.gflopStep))
  }

  /// More metrics take more of the step; a loss by itself takes none.
  @Test func whatIsTrackedIsAMetric() throws {
    let plain = try answer(Self.simSiam)
    let tracked = try answer(Self.simSiam + "track wide = mean(Za @ Za')\n")
    func calls(_ answer: Answer) -> Double { answer.primitives.reduce(0) { $0 + ($1.calls ?? 0) } }
    #expect(calls(tracked) > calls(plain) && tracked.gflopStep > plain.gflopStep)
  }

  @Test func theFirstTrainIsTimed() throws {
    let text =
      Prompt.small + """
        for s in 1..2 {
          batch 32 * s
          loss -Pa . sg(Zb)
          train fresh 3 steps as "one {s}"
          expect collapsed
          print "never"
        }
        batch 128
        """
    let found = try answer(text)
    #expect(found.batch == 32 && found.steps == 2)
    // What is timed is no run.
    let prompt = try Prompt(options: SessionOptions(databasePath: ":memory:", format: .csv))
    #expect(prompt.benchmark(text).end == .completed)
    #expect(prompt("history").output.split(separator: "\n").count <= 1)
  }

  @Test func withoutATrainTheLastLossIsTimed() throws {
    #expect(try answer(Self.simSiam + "batch 16\nloss alternating -Pa . sg(Zb), -Za . sg(Pb)\n", steps: 4).batch == 16)
    #expect(try answer(Prompt.small).batch == 64)
  }

  @Test func forPeople() throws {
    let lines = try benchmark(Self.simSiam).output.split(separator: "\n", omittingEmptySubsequences: false)
    let names = ["convnet width=4", "shapes: ", "step ", "compute ", "memory ", "data ", "metrics ", "", "part "]
    #expect(zip(lines, names).allSatisfy { $0.hasPrefix($1) })
    #expect(lines.last?.hasPrefix("step ") == true && lines.contains { $0.hasPrefix("optimizer ") })
    #expect(try benchmark(Self.simSiam, as: .csv).output.hasPrefix("part,ms,%,calls,GFLOP/s,MB\n"))
  }

  @Test func mistakes() throws {
    let wrong = try benchmark(Self.simSiam + "loss -Qa . Zb\n")
    #expect(wrong.end == .usage && wrong.results.isEmpty && wrong.errors.contains("there is no `Qa`"))
    let short = try benchmark(Self.simSiam + "train 0\n")
    #expect(short.end == .usage && short.errors.contains("a training run of 0 epochs cannot be made"))
    let broken = try benchmark(Self.simSiam + "loss log(sum(Za) * 0 - 1)\n")
    #expect(broken.end == .failed && broken.errors.contains("it diverged at step 1 (loss NaN)"))
    let unreached = try benchmark(Prompt.small + "loss sg(Za) . sg(Zb)\n")
    #expect(unreached.end == .usage && unreached.errors.contains("reaches no parameter"))
  }
}
