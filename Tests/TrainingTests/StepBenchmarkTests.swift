import Graph
import Networks
import Testing
import Training

/// What a benchmark says of its steps, however long they take.
@Suite(.serialized) struct StepBenchmarkTests {
  private func benchmark(_ losses: [SimSiamModel.Loss] = [.simSiam], steps: Int?) throws -> (StepBenchmark, TrainingJob) {
    let setting = try TrainingSetting()
    let job = try setting.job(setting.plan(2), losses)
    let (found, outcome) = setting.trainer.benchmark(job, steps: steps)
    let benchmark = try #require(found)
    #expect(outcome.state == .stopped && outcome.stepsDone == benchmark.warmUp + benchmark.stepSeconds.count)
    return (benchmark, job)
  }

  @Test func thePartsMakeTheStep() throws {
    let (benchmark, job) = try benchmark(steps: 4)
    #expect(benchmark.stepSeconds.count == 4 && benchmark.stepSeconds == benchmark.stepSeconds.sorted())
    #expect(benchmark.median == (benchmark.stepSeconds[1] + benchmark.stepSeconds[2]) / 2)
    #expect(abs(benchmark.parts.reduce(0) { $0 + $1.seconds } / benchmark.median - 1) < 1e-6)
    #expect(benchmark.parts.allSatisfy { $0.seconds >= 0 })
    let program = job.programs[0].program
    #expect(benchmark.primitives.reduce(0) { $0 + $1.calls } == Double(program.operationCount))
    #expect(benchmark.primitives.reduce(0) { $0 + $1.flops } == Double(program.plan.flops))
    #expect(benchmark.flops == Double(program.plan.flops) && benchmark.arenaBytes == program.arenaBytes)
    #expect(benchmark.peakBytes > benchmark.arenaBytes)
    #expect(benchmark.metricSeconds > 0 && benchmark.metricSeconds < benchmark.primitives.reduce(0) { $0 + $1.seconds })
    #expect(try #require(benchmark.rankSeconds) > 0)
  }

  @Test func stepsOfTwoKinds() throws {
    let (benchmark, job) = try benchmark([.simSiam, .withoutPredictor], steps: 6)
    let flops = job.programs.map { Double($0.program.plan.flops) }
    #expect(flops[0] != flops[1] && abs(benchmark.flops - (flops[0] + flops[1]) / 2) < 1e-6 * flops[0])
    #expect(benchmark.warmUp >= 4)
    #expect(abs(benchmark.parts.reduce(0) { $0 + $1.seconds } / benchmark.median - 1) < 1e-6)
  }

  @Test func withoutANumberThereAreFiveAtLeast() throws {
    #expect(try benchmark(steps: nil).0.stepSeconds.count >= 5)
  }

  /// A step that is timed is the step that is trained.
  @Test func aMeterChangesNothing() throws {
    let (timed, plain) = (try TrainingSetting(), try TrainingSetting())
    var job = try timed.job(timed.plan(7), [.simSiam, .naive])
    let meter = StepMeter(of: job.programs)
    job.meter = meter
    _ = timed.trainer.run(job)
    _ = plain.trainer.run(try plain.job(plain.plan(7), [.simSiam, .naive]))
    #expect(timed.snapshot == plain.snapshot)
    #expect(meter.steps.count == 7 && meter.profiles.map(\.runCount) == [4, 3])
    #expect(meter.steps.allSatisfy { $0.wait >= 0 && $0.program > 0 && $0.update > 0 && $0.total > $0.program })
  }

  /// Nothing with a parameter in it is done for the record alone, and what the record reads is.
  @Test func theMetricsAreNoPartOfTheLoss() throws {
    let step = try SimSiamModel(seed: 1).step()
    let costs = step.program.plan.costs
    let metrics = Set(step.metricOperations)
    let (alone, needed) = (costs.indices.filter(metrics.contains), costs.indices.filter { !metrics.contains($0) })
    #expect(!alone.isEmpty && alone.count < needed.count)
    #expect(alone.allSatisfy { !["convolution2D", "batchNorm", "update"].contains(costs[$0].name) })
    // `Zn` and the draw are recorded and nothing else.
    #expect(alone.contains { costs[$0].name == "gatherRows" } && alone.contains { costs[$0].name == "normal" })
    // Without what is only recorded the program has all other operations and no more.
    let without = try SimSiamModel(seed: 1).step(records: false)
    #expect(needed.map { costs[$0].name }.sorted() == without.program.plan.costs.map(\.name).sorted())
    #expect(without.metricOperations.isEmpty)
  }

  @Test func whatDivergesOrIsStoppedIsNotTimed() throws {
    let setting = try TrainingSetting()
    let broken = setting.trainer.benchmark(try setting.job(setting.plan(5), [.broken]), steps: 2)
    #expect(broken.benchmark == nil && broken.outcome.state == .diverged)
    let stop = StopSignal()
    stop.request()
    let stopped = setting.trainer.benchmark(try setting.job(setting.plan(5)), steps: 2, stop: stop)
    #expect(stopped.benchmark == nil && stopped.outcome.state == .interrupted)
  }
}
