import Experiments
import SourceText
import Syntax
import Testing

/// What a `train` would cost, beside what it then does.
@Suite struct RunCostTests {
  private let site = SourceSpan(SourceFile(name: "test", text: "train"), 0..<5)
  private let estimator = CostEstimator(residentBytes: 0)

  private func cost(_ laboratory: Laboratory, _ amount: Experiment.TrainingAmount = .usual) throws -> RunCost {
    try laboratory.experiment.cost(of: amount, at: site, by: estimator).cost
  }

  @Test func stepsAndParameters() throws {
    let laboratory = try Laboratory("loss -Pa . sg(Zb)")
    let cost = try cost(laboratory)
    #expect(cost.steps == 8 && cost.step.stepsPerEpoch == 8)
    let model = try #require(laboratory.experiment.model)
    #expect(cost.step.parameters == model.modules.reduce(0) { $0 + $1.parameterCount })
    #expect(cost.seconds >= 8 * cost.step.seconds && cost.step.seconds > 0)
    #expect(try self.cost(laboratory, .epochs(2.5)).steps == 20 && self.cost(laboratory, .steps(3)).steps == 3)
    // Nothing has begun by it.
    #expect(laboratory.experiment.trainer == nil && laboratory.experiment.position == 0)
  }

  /// The program that is trained is the one that was counted.
  @Test func aLossCountsAsItsProgram() throws {
    let laboratory = try Laboratory("loss -Pa . sg(Zb)")
    let counted = try cost(laboratory).step
    let program = try laboratory.experiment.prepareTraining(.usual, at: site).job.programs[0]
    #expect(counted.flops == Double(program.program.plan.flops))
    #expect(counted.parameters == program.trainedCount)
    #expect(counted.memoryBytes > program.memoryBytes)
  }

  @Test func whatIsNotReachedIsNotTrained() throws {
    let whole = try cost(try Laboratory("loss -Pa . sg(Zb)")).step
    let naive = try cost(try Laboratory("loss -Za . Zb")).step
    let predictor = try #require(try Laboratory().experiment.requireModel(at: nil).predictor)
    #expect(whole.parameters - naive.parameters == predictor.parameterCount)
    #expect(naive.flops < whole.flops)
  }

  /// Of the two kinds of step the first trains `h` alone: less than half of the work.
  @Test func anAlternatingLossIsTheMeanOfItsSteps() throws {
    let parts = ["-normalize(h(sg(za))) . sg(Zb)", "-Za . sg(Pb)"]
    let single = try parts.map { try cost(try Laboratory("loss \($0)")).step }
    let both = try cost(try Laboratory("loss alternating \(parts[0]), \(parts[1])")).step
    #expect(both.flops == (single[0].flops + single[1].flops) / 2 && single[0].flops < single[1].flops / 2)
    #expect(both.parameters >= single[1].parameters)
  }

  @Test func twiceTheBatchIsTwiceTheWork() throws {
    let single = try cost(try Laboratory("loss -Pa . sg(Zb)")).step
    let double = try cost(try Laboratory("loss -Pa . sg(Zb)") { $0.batch = 128 }).step
    #expect(abs(double.flops / single.flops - 2) < 0.1)
    #expect(double.memoryBytes > single.memoryBytes)
    #expect(double.stepsPerEpoch == 4)
  }

  @Test func whatEndsAnEpochCostsTime() throws {
    let with = try cost(try Laboratory("loss -Pa . sg(Zb)"))
    let without = try cost(try Laboratory("loss -Pa . sg(Zb)") { $0.isProbeOn = false })
    #expect(with.step.secondsPerEpochEnd > without.step.secondsPerEpochEnd)
    let tracking = try cost(try Laboratory("loss -Pa . sg(Zb)\ntrack onTest = norm(oz) every epoch on test"))
    #expect(tracking.step.secondsPerEpochEnd > with.step.secondsPerEpochEnd)
    let batches = try cost(try Laboratory("loss -Pa . sg(Zb)\ntrack often = norm(oz) every epoch on 20 batches"))
    #expect(batches.step.secondsPerEpochEnd > with.step.secondsPerEpochEnd)
  }

  /// A value in a formula decides what is computed; a seed does not.
  @Test func equalStepsAreLookedAtOnce() throws {
    let laboratory = try Laboratory("val tau = 0.5\nloss infonce(Za, sg(Zb), tau)")
    let first = try cost(laboratory)
    laboratory.experiment.set { $0.seed = 7 }
    #expect(try cost(laboratory) == first)
    try laboratory.type("val tau = 0.25")
    #expect(try cost(laboratory).step.flops == first.step.flops)
    try laboratory.type("loss infonce(Za, sg(Zb), tau) + infonce(Za, sg(Za), tau)")
    #expect(try cost(laboratory).step.flops > first.step.flops)
  }

  /// A momentum encoder, a queue and a memory are computed and kept as well.
  @Test func whatIsCarriedCounts() throws {
    let plain = try cost(try Laboratory("loss -Pa . sg(Zb)")).step
    let teacher = try cost(try Laboratory("loss -Pa . sg(Tb)") { $0.teacher = 0.99 }).step
    #expect(teacher.flops > plain.flops && teacher.memoryBytes > plain.memoryBytes && teacher.parameters == plain.parameters)
    let queues = try [1024, 65_536].map { size in
      try cost(try Laboratory("loss infonce(Za, cat(sg(Zb), Q), 0.1)") { $0.queue = size }).step
    }
    #expect(queues[1].flops > queues[0].flops)
    #expect(queues[1].memoryBytes - queues[0].memoryBytes >= (65_536 - 1024) * 32 * 4)
    let memory = try cost(try Laboratory("loss -Pa . sg(Mb)") { $0.memory = 0.8 }).step
    #expect(memory.memoryBytes >= plain.memoryBytes + 512 * 32 * 4)
  }

  @Test func mistakesAreFound() throws {
    func message(_ text: String) throws -> String? {
      let laboratory = try Laboratory(text)
      do throws(Diagnostic) {
        _ = try laboratory.experiment.cost(of: .usual, at: site, by: estimator)
        return nil
      } catch { return error.message }
    }
    #expect(try message("") == "there is no loss to train yet")
    #expect(try message("loss sg(-Pa) . sg(Zb)")?.contains("reaches no parameter") == true)
    #expect(try message("loss -Pa . sg(Zb)\ntrack rows = norm(Za) every epoch")?.hasPrefix("a metric is one number") == true)
    #expect(try message("loss -Pa . sg(Zb)\ntrack ok = norm(oz) every epoch") == nil)
  }
}
