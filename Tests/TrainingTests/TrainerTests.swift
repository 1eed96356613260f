import Datasets
import Graph
import Kernels
import Networks
import Tensors
import Testing
import Training

/// The loop against itself and against the same steps done by hand. Serialised, as every run owns a thread.
@Suite(.serialized) struct TrainerTests {
  private func records(_ setting: TrainingSetting, _ job: TrainingJob, stop: StopSignal = StopSignal()) -> [StepRecord] {
    var records: [StepRecord] = []
    _ = setting.trainer.run(job, stop: stop) { if case .step(let record) = $0 { records.append(record) } }
    return records
  }

  @Test func twoFreshTrainersAgreeBitForBit() throws {
    let settings = [try TrainingSetting(), try TrainingSetting()]
    let found = try settings.map { records($0, try $0.job($0.plan(12))) }
    #expect(found[0] == found[1])
    #expect(settings[0].snapshot == settings[1].snapshot)
    #expect(found[0].count == 12 && found[0].last?.epoch == 3)
  }

  @Test func resetGoesBackToTheStart() throws {
    let setting = try TrainingSetting()
    let job = try setting.job(setting.plan(6))
    let first = records(setting, job)
    setting.trainer.reset(seed: 5)
    #expect(setting.trainer.position == 0)
    #expect(records(setting, job) == first)
  }

  /// The trainer is nothing more than batches, a program, PyTorch's rule and the rates.
  @Test func aRunIsItsStepsDoneByHand() throws {
    let setting = try TrainingSetting()
    let byHand = try TrainingSetting()
    let plan = setting.plan(7)
    let found = records(setting, try setting.job(plan))
    let step = try byHand.model.step()
    let velocities = step.gradients.map { SGD.velocity(of: $0.variable) }
    var values: [[MetricValue]] = []
    for position in 0..<7 {
      fill(step, from: byHand, position: position)
      step.program.run(RunContext(step: UInt64(position)))
      values.append(
        ([(name: "loss", output: step.loss)] + step.metrics).map { MetricValue($0.name, Double(step.program.scalar($0.output))) })
      for (gradient, velocity) in zip(step.gradients, velocities) {
        let module = String(gradient.variable.name.prefix { $0 != "/" })
        SGD(momentum: 0.9, decay: module == "probe" ? 0 : 1e-3).step(
          gradient.variable, gradient: step.program.pointer(to: gradient.output), velocity: velocity,
          rate: plan.rate(of: module, step: position))
      }
    }
    #expect(found.map(\.values) == values)
    #expect(Set(values.compactMap { $0["draw"] }).count == 7 && Set(values.compactMap { $0["zn"] }).count == 7)
    for (left, right) in zip(setting.model.modules, byHand.model.modules) {
      for (a, b) in zip(left.parameters + left.states, right.parameters + right.states) {
        #expect(Array(a.buffer.floats) == Array(b.buffer.floats), "\(a.name)")
      }
    }
  }

  private func fill(_ step: StepProgram, from setting: TrainingSetting, position: Int) {
    var labels = [Int32](repeating: 0, count: setting.model.batch)
    setting.source.fill(step: position, images: step.images.map(\.buffer.pointer), labels: &labels)
    if let slot = step.labels {
      slot.buffer.floats.update(repeating: 0)
      for (row, label) in labels.enumerated() { slot.buffer.floats[row * slot.shape[1] + Int(label)] = 1 }
    }
    let rows = RandomStream(seed: 5, name: "Zn").derangement(setting.model.batch, step: UInt64(position))
    if let slot = step.permutation {
      for (index, row) in rows.enumerated() { slot.buffer.floats[index] = Float(row) }
    }
  }

  @Test func twoRunsInARowAreOneLongRun() throws {
    let cut = try TrainingSetting()
    let whole = try TrainingSetting()
    let job = try cut.job(cut.plan(10, schedule: .constant))
    let first = records(cut, job)
    let second = records(cut, job)
    let all = records(whole, try whole.job(whole.plan(20, schedule: .constant)))
    #expect((first + second).map(\.values) == all.map(\.values))
    #expect((first + second).map(\.step) == Array(1...20))
    #expect(second.map(\.planStep) == Array(1...10))
    #expect(cut.snapshot == whole.snapshot)
  }

  @Test func anInterruptedPlanIsFinishedAsIfItHadNotBeen() throws {
    let cut = try TrainingSetting()
    let whole = try TrainingSetting()
    let stop = StopSignal()
    var job = try cut.job(cut.plan(15))
    var found: [StepRecord] = []
    let outcome = cut.trainer.run(job, stop: stop) { event in
      guard case .step(let record) = event else { return }
      found.append(record)
      if record.planStep == 6 { stop.request() }
    }
    #expect(outcome.state == .interrupted && outcome.stepsDone == 6 && cut.trainer.position == 6)
    #expect(cut.trainer.run(job, stop: stop).stepsDone == 0)
    stop.clear()
    job.plan = job.plan.continued(after: outcome.stepsDone)
    #expect(job.plan.remainingSteps == 9)
    found += records(cut, job, stop: stop)
    #expect(found == records(whole, try whole.job(whole.plan(15))))
    #expect(cut.snapshot == whole.snapshot)
  }

  @Test func aRunMayEndWhenAConditionHolds() throws {
    let setting = try TrainingSetting()
    var job = try setting.job(setting.plan(10))
    job.stopWhen = { $0.planStep == 3 }
    let outcome = setting.trainer.run(job)
    #expect(outcome.state == .stopped && outcome.stepsDone == 3)
  }

  @Test func frozenAndUnreachedParametersAreNotTouched() throws {
    let setting = try TrainingSetting()
    let before = setting.snapshot
    let plan = setting.plan(3, rates: ["projector": .frozen])
    let outcome = setting.trainer.run(try setting.job(plan, [.withoutPredictor]))
    #expect(outcome.state == .finished)
    let after = setting.snapshot
    for variable in setting.trainer.variables() where variable.role == .parameter || variable.name.hasSuffix("velocity") {
      let isTrained = variable.name.hasPrefix("encoder") || variable.name.hasPrefix("probe")
      #expect((after[variable.name] != before[variable.name]) == isTrained, "\(variable.name)")
    }
    #expect(after["projector/bn1/running_mean"] != before["projector/bn1/running_mean"])
  }

  @Test(arguments: [
    (SimSiamModel.Loss.broken, "diverged at step 1 (loss -∞)"),
    (.brokenGradient, "diverged at step 1 (gradient of encoder/conv1/weight not finite)")
  ])
  func divergenceLeavesTheModelAsItWas(loss: SimSiamModel.Loss, sentence: String) throws {
    let setting = try TrainingSetting()
    _ = setting.trainer.run(try setting.job(setting.plan(4)))
    let before = setting.snapshot
    let outcome = setting.trainer.run(try setting.job(setting.plan(4), [loss]))
    #expect(outcome.state == .diverged && outcome.stepsDone == 0)
    #expect(outcome.verdict.word == .diverged)
    #expect(outcome.verdict.sentence == sentence)
    #expect(setting.snapshot == before)
    #expect(setting.trainer.position == 4)
  }

  @Test func alternatingLossesTakeOddAndEvenSteps() throws {
    let setting = try TrainingSetting()
    let before = setting.snapshot["h/fc1/weight"]
    var changed: [Bool] = []
    var last = before
    _ = setting.trainer.run(try setting.job(setting.plan(6), [.simSiam, .withoutPredictor])) { event in
      guard case .step = event else { return }
      changed.append(setting.snapshot["h/fc1/weight"] != last)
      last = setting.snapshot["h/fc1/weight"]
    }
    #expect(changed == [true, false, true, false, true, false])
  }

  @Test func epochsEndWithMeansAndMeasurements() throws {
    let setting = try TrainingSetting()
    let evaluation = try setting.model.evaluation()
    var job = try setting.job(setting.plan(12))
    job.epochMetrics = [("top1", { evaluation.accuracy(on: setting.split, normalization: setting.source.normalization) })]
    var steps: [StepRecord] = []
    var epochs: [EpochRecord] = []
    let outcome = setting.trainer.run(job) { event in
      switch event {
      case .step(let record): steps.append(record)
      case .epoch(let record): epochs.append(record)
      }
    }
    #expect(epochs.map(\.planStep) == [5, 10, 12] && epochs.allSatisfy { $0.epochs == 3 })
    let losses = steps.prefix(5).compactMap { $0.values["loss"] }
    #expect(abs((epochs[0].means["loss"] ?? 0) - losses.reduce(0, +) / 5) < 1e-12)
    #expect(epochs[0].measured.map(\.name) == ["rank", "top1"])
    let rank = try #require(outcome.lastEpoch?.measured["rank"])
    #expect(rank > 1 && rank <= 16)
    #expect(outcome.lastEpoch == epochs.last && outcome.lastMetrics == steps.last?.values)
    #expect(outcome.verdict.warnings.contains(.smallBatch(16)))
  }

  @Test func theRootMeanSquaresAddUpToOne() throws {
    let setting = try TrainingSetting()
    for record in records(setting, try setting.job(setting.plan(4))) {
      let (mo, mr) = (try #require(record.values["mo"]), try #require(record.values["mr"]))
      #expect(abs(mo * mo + mr * mr - 1) < 1e-5)
    }
  }

  @Test func theOnlineProbeLearns() throws {
    let setting = try TrainingSetting(augmentation: .none)
    let evaluation = try setting.model.evaluation()
    func accuracy() -> Double { evaluation.accuracy(on: setting.split, normalization: setting.source.normalization) }
    #expect(accuracy() < 60)
    // On features that do not change it is a convex problem: what it comes to does not hang on the last bits of a machine.
    let frozen = setting.plan(150, rates: ["encoder": .frozen, "projector": .frozen, "h": .frozen])
    _ = setting.trainer.run(try setting.job(frozen))
    #expect(accuracy() > 80)
  }

  @Test func anExchangedModuleStartsAtRestAndTheOthersGoOn() throws {
    let setting = try TrainingSetting()
    _ = setting.trainer.run(try setting.job(setting.plan(3)))
    let kept = setting.snapshot["encoder/conv1/weight/velocity"]
    let bias = try Module(name: "h", head: Head([.bias]), inputWidth: SimSiamModel.dim, seed: 5)
    setting.trainer.setModules([setting.model.encoder, setting.model.projector, bias])
    let after = setting.snapshot
    #expect(after["encoder/conv1/weight/velocity"] == kept)
    #expect(after["h/bias1/bias/velocity"] == [Float](repeating: 0, count: SimSiamModel.dim))
    #expect(after["h/fc1/weight/velocity"] == nil && after["probe/fc1/weight"] == nil)
  }
}
