import Experiments
import Networks
import Training
import SourceText
import Testing

@Suite struct TrainingTests {
  /// A constant rate, so that how steps are cut into runs cannot matter.
  private func simSiam(
    _ text: String = "", _ change: @escaping (inout ExperimentSettings) -> Void = { _ in }
  ) throws -> Laboratory {
    try Laboratory("\(text)\nloss -Pa . sg(Zb)") {
      $0.schedule = .constant
      change(&$0)
    }
  }

  // MARK: Length

  @Test func trainGoesOn() throws {
    let whole = try simSiam().train(.epochs(2))
    let parts = try simSiam()
    let first = try parts.train()
    let second = try parts.train()
    #expect((first.steps + second.steps).map(\.values) == whole.steps.map(\.values))
    #expect((first.steps + second.steps).map(\.step) == Array(1...16))
    #expect(first.epochs.count == 1 && second.epochs.count == 1)
    #expect(parts.experiment.position == 16)
  }

  /// With a schedule too: what an interruption left is done as if there had been none.
  @Test func whatAnInterruptionLeft() throws {
    let cosine: (inout ExperimentSettings) -> Void = {
      $0.schedule = .cosine(warmupEpochs: 0.5)
      $0.epochs = 2
    }
    let whole = try Laboratory("loss -Pa . sg(Zb)", change: cosine).train()
    let parts = try Laboratory("loss -Pa . sg(Zb)", change: cosine)
    let first = try parts.train(stopAfter: 5)
    #expect(first.outcome.state == .interrupted)
    #expect(first.outcome.stepsDone == 5)
    let second = try parts.train(stopAfter: 6)
    #expect(second.outcome.state == .interrupted)
    let third = try parts.train()
    #expect(third.outcome.state == .finished)
    #expect(third.outcome.stepsDone == 5)
    #expect(first.steps + second.steps + third.steps == whole.steps)
    // Nothing is left: the next one is a whole.
    #expect(try parts.train().outcome.stepsDone == 16)
  }

  @Test func anotherLossHasNothingLeft() throws {
    let laboratory = try simSiam()
    try laboratory.train(stopAfter: 3)
    let other = try Laboratory("loss -Za . sg(Zb)")
    laboratory.experiment.definitions.loss = other.experiment.definitions.loss
    #expect(try laboratory.train().outcome.stepsDone == 8)
  }

  @Test func anAmountOfItsOwnForgetsWhatWasLeft() throws {
    let laboratory = try simSiam()
    try laboratory.train(stopAfter: 3)
    #expect(try laboratory.train(.steps(2)).outcome.stepsDone == 2)
    #expect(try laboratory.train().outcome.stepsDone == 8)
  }

  @Test(arguments: [(Experiment.TrainingAmount.epochs(0.5), 4), (.epochs(1.25), 10), (.steps(3), 3), (.usual, 8)])
  func amounts(_ amount: Experiment.TrainingAmount, _ steps: Int) throws {
    #expect(try simSiam().train(amount).steps.count == steps)
  }

  @Test(arguments: [
    (Experiment.TrainingAmount.epochs(0), "0 epochs"), (.epochs(-3), "-3 epochs"), (.steps(-1), "-1 steps"), (.steps(0), "0 steps"),
    (.epochs(.nan), "nan epochs"), (.epochs(.infinity), "inf epochs"), (.epochs(1e300), "1e+300 epochs"),
    (.epochs(0.01), "0.01 epochs, less than a step,")
  ])
  func noAmount(_ amount: Experiment.TrainingAmount, _ length: String) throws {
    let error = #expect(throws: Diagnostic.self) { try simSiam().train(amount) }
    #expect(error?.message == "a training run of \(length) cannot be made")
  }

  // MARK: Divergence

  @Test func divergenceEndsBeforeTheBadUpdate() throws {
    let laboratory = try Laboratory("loss log(norm(oz) - 100)")
    let before = try laboratory.parameters("encoder")
    let run = try laboratory.train()
    #expect(run.outcome.state == .diverged)
    #expect(run.outcome.verdict.word == .diverged)
    #expect(try laboratory.parameters("encoder") == before)
  }

  @Test func explodingWeights() throws {
    let run = try Laboratory("loss -za . zb") { $0.rate = 1e6 }.train(.epochs(4))
    #expect(run.outcome.state == .diverged)
    #expect(run.outcome.verdict.word == .diverged)
    #expect(run.outcome.stepsDone < 32)
  }

  // MARK: Alternating

  /// E1 trains on odd steps, E2 on even ones.
  @Test func alternatingLosses() throws {
    let laboratory = try Laboratory(
      "let Lh = -normalize(h(sg(za))) . sg(Zb)\nloss alternating Lh, -normalize(freeze(h)(za)) . sg(Pb)"
    ) { $0.momentum = 0 }
    var weights = try (laboratory.parameters("encoder"), laboratory.parameters("h"))
    for step in 1...4 {
      try laboratory.train(.steps(1))
      let next = try (laboratory.parameters("encoder"), laboratory.parameters("h"))
      #expect((next.0 == weights.0) == (step % 2 == 1))
      #expect((next.1 == weights.1) == (step % 2 == 0))
      weights = next
    }
  }

  @Test func alternatingSeriesAreOfEachLoss() throws {
    let laboratory = try Laboratory("loss alternating -Za . sg(Zb), 100 + mse(Za, sg(Zb))")
    let losses = try laboratory.train(.steps(6)).series("loss")
    #expect(losses.enumerated().allSatisfy { ($1 > 50) == ($0 % 2 == 1) })
  }

  /// A metric that names the loss has the first one's value at every step.
  @Test func aMetricOfAnAlternatingLoss() throws {
    let laboratory = try Laboratory("loss alternating -Za . sg(Zb), 100 + mse(Za, sg(Zb))\ntrack first = loss every step")
    #expect(try laboratory.train(.steps(4)).series("first").allSatisfy { $0 < 50 })
  }

  // MARK: Rates and modules

  @Test func aRateOfZeroFreezes() throws {
    let laboratory = try simSiam { $0.moduleRates["h"] = .frozen }
    let before = try (laboratory.parameters("h"), laboratory.parameters("encoder"))
    try laboratory.train(.steps(4))
    #expect(try laboratory.parameters("h") == before.0)
    #expect(try laboratory.parameters("encoder") != before.1)
  }

  /// The schedule's last rates are small; a constant rate is the first of none.
  @Test func aConstantRateIsThatOfNoSchedule() throws {
    let constant = try Laboratory("loss -normalize(h(sg(za))) . sg(Zb)") { $0.schedule = .constant }
    let ownRate = try Laboratory("loss -normalize(h(sg(za))) . sg(Zb)") {
      $0.schedule = .cosine(warmupEpochs: 1)
      $0.moduleRates["h"] = .constant
    }
    try constant.train()
    try ownRate.train()
    #expect(try constant.parameters("h") == ownRate.parameters("h"))
  }

  /// Table 5: the weight is tanh(weight) after every step, which no gradient step alone would make of it.
  @Test func tanhOfTheWeight() throws {
    let laboratory = try simSiam("predictor tanh(fc)") { $0.moduleRates["h"] = .frozen }
    let before = try laboratory.parameters("h")[0]
    try laboratory.train(.steps(1))
    let frozen = try laboratory.parameters("h")[0]
    let moving = try simSiam("predictor tanh(fc)") { $0.rate = 20 }
    try moving.train(.steps(3))
    #expect(try moving.parameters("h")[0].allSatisfy { abs($0) < 1 })
    #expect(frozen == before || frozen.allSatisfy { abs($0) < 1 })
  }

  @Test func anotherPredictorKeepsTheOtherWeights() throws {
    let laboratory = try simSiam()
    try laboratory.train(.steps(4))
    let kept = try ["encoder", "projector", "probe"].map { try laboratory.parameters($0) }
    try laboratory.type("predictor fc + bias")
    #expect(try ["encoder", "projector", "probe"].map { try laboratory.parameters($0) } == kept)
    #expect(laboratory.experiment.position == 4)
    try laboratory.train(.steps(2))
    #expect(try laboratory.parameters("encoder") != kept[0])
    #expect(laboratory.experiment.position == 6)
  }

  @Test(arguments: ["fc D/4 + bn + relu + fc D", "fc + fc + bias", "tanh(fc)", "bias", "l2 + fc", "l2 + bias", "identity"])
  func thePapersPredictors(_ layers: String) throws {
    let run = try simSiam("predictor \(layers)").train(.steps(2))
    #expect(run.outcome.state == .finished)
    #expect(run.series("mr_p").count == 2)
  }

  // MARK: What is measured

  @Test func metricsOfEveryStepAndEpoch() throws {
    let run = try simSiam("track angle = cos(oz, op) every step\ntrack length = norm(oz) every epoch").train(.epochs(2))
    for metric in ["loss", "std", "mo", "mr", "mr_mean", "cov", "std_p", "mo_p", "mr_p", "angle"] {
      #expect(run.series(metric).count == 16, Comment(rawValue: metric))
    }
    for (mo, mr) in zip(run.series("mo"), run.series("mr")) { #expect(abs(mo * mo + mr * mr - 1) < 1e-5) }
    #expect(run.epochs.count == 2)
    for epoch in run.epochs {
      #expect((0...100).contains(epoch.measured["top1"] ?? -1))
      #expect(epoch.measured["length"] != nil && epoch.measured["rank"] != nil)
    }
  }

  @Test func withoutProbeThereIsNoTop1() throws {
    let run = try simSiam { $0.isProbeOn = false }.train()
    #expect(run.epochs.allSatisfy { $0.measured["top1"] == nil })
  }

  @Test func aMetricThatIsNoNumber() throws {
    let error = #expect(throws: Diagnostic.self) { try simSiam("track z = oz every step").train() }
    #expect(error?.message == "a metric is one number, and `oz` is a vector of dim 32")
  }

  @Test func aMetricOfAnEpochThatIsNoNumber() throws {
    let error = #expect(throws: Diagnostic.self) { try simSiam("track z = oz every epoch").train() }
    #expect(error?.message == "a metric is one number, and `oz` is a vector of dim 32")
  }
}
