import Datasets
import Glibc
import Graph
import Tensors
import Networks
import SourceText
import Syntax
import Training

/// What one `train` will do, compiled and ready.
public struct PreparedTraining {
  public let job: TrainingJob
  /// What there is to say before it starts.
  public let warnings: [Diagnostic]
  /// Whether it goes on with what an interrupted run left.
  public let isRemainder: Bool
  /// Whether it goes on from earlier steps.
  public let isContinuation: Bool
  /// Ends it before its time; nil where nothing is watched.
  public let watch: StopWatch?
  /// What encodes and classifies the test set at the end of an epoch; nil where the probe is off.
  let probe: EvaluationProgram?

  /// The same training from where its own earlier steps ended.
  public func continued(after doneSteps: Int, of totalSteps: Int, isEpochOpen: Bool = false) -> PreparedTraining {
    var rest = job
    rest.plan.doneSteps = doneSteps
    rest.plan.totalSteps = totalSteps
    rest.plan.isEpochOpen = isEpochOpen
    return PreparedTraining(job: rest, warnings: warnings, isRemainder: isRemainder, isContinuation: true, watch: watch, probe: probe)
  }

  /// Lets the epoch that a step of the plan ends go unmeasured, as it was in the run that this one repeats.
  public mutating func leaveOpen(after step: Int) {
    var open = job
    open.openStep = step
    self = PreparedTraining(job: open, warnings: warnings, isRemainder: isRemainder, isContinuation: isContinuation, watch: watch, probe: probe)
  }
}

extension Experiment {
  /// How long a `train` is.
  public enum TrainingAmount: Hashable, Sendable {
    /// The profile's epochs, or what an interrupted run left.
    case usual
    case epochs(Double)
    case steps(Int)
  }

  /// Compiles the training step and plans the run. Nothing is trained yet, so whatever is wrong is said before any time is spent.
  ///
  /// - Parameter computes: false only finds what is wrong: nothing is evaluated, and nothing made ready for the first step.
  public func prepareTraining(
    _ amount: TrainingAmount, at site: SourceSpan, computes: Bool = true
  ) throws(Diagnostic) -> PreparedTraining {
    let loss = try requireLoss(at: site)
    let model = try requireModel(at: site)
    let source = try requireSource(at: site)
    if computes { _ = try requireTrainer(at: site) }
    let surroundings = surroundings { _ throws(Diagnostic) in
      throw Diagnostic("the views are made by the step", at: site)
    }
    let builder = StepBuilder(model: model, settings: settings, surroundings: surroundings)
    var programs: [StepProgram] = []
    var warnings: [Diagnostic] = []
    for index in loss.expressions.indices {
      let step = try builder.step(loss, index)
      programs.append(step.program)
      for warning in step.elaboration.warnings where !warnings.contains(warning) { warnings.append(warning) }
    }
    // The formulas may have brought running averages.
    trainer?.carried = model.carried
    let (plan, isRemainder) = try plan(amount, source.stepsPerEpoch, at: site)
    let probe = settings.isProbeOn ? try evaluationProgram(at: site) { $0.apply(model.probe, to: $0.features(1)) } : nil
    var job = TrainingJob(
      programs: programs, source: source, plan: plan, epochMetrics: try epochMetrics(probe, at: site, computes: computes),
      thresholds: thresholds)
    if computes { try requireRoom(for: job, probe, model, at: site) }
    let watch = try stopWatch(for: job)
    if let watch { job.stopWhen = { watch.holds(after: $0) } }
    return PreparedTraining(job: job, warnings: warnings, isRemainder: isRemainder, isContinuation: position > 0, watch: watch, probe: probe)
  }

  private func stopWatch(for job: TrainingJob) throws(Diagnostic) -> StopWatch? {
    guard !definitions.stops.isEmpty else { return nil }
    let metrics = ["loss", "rank"] + job.programs.flatMap { $0.metrics.map(\.name) } + job.epochMetrics.map(\.name)
    return try StopWatch(definitions.stops, metrics: Array(Set(metrics)), constants: definitions.constants.compactMapValues(\.value.number))
  }

  /// Runs it. An interruption is remembered: the next bare `train` does what was left.
  public func run(
    _ prepared: PreparedTraining, stop: StopSignal, events: (TrainingEvent) -> Void
  ) throws(Diagnostic) -> TrainingOutcome {
    var drawsBeforeEpoch = draws
    let trainer = try requireTrainer(at: nil)
    keepContents()
    let outcome = trainer.run(prepared.job, stop: stop) { event in
      if case .epoch(let epoch) = event {
        // What is measured again draws again what it drew.
        if epoch.isComplete { drawsBeforeEpoch = draws } else { draws = drawsBeforeEpoch }
        prepared.watch?.note(epoch)
      }
      events(event)
    }
    let left = prepared.job.plan.continued(after: outcome.stepsDone, isEpochOpen: outcome.isEpochOpen)
    let isLeft = outcome.state == .interrupted && left.isUnfinished
    interrupted = isLeft ? Remainder(plan: left, loss: definitions.loss?.source, dataset: dataset.map(ObjectIdentifier.init)) : nil
    return outcome
  }

  func requireLoss(at site: SourceSpan) throws(Diagnostic) -> Definitions.Loss {
    if let loss = definitions.loss { return loss }
    throw Diagnostic("there is no loss to train yet", at: site, hint: "`loss -Pa . sg(Zb)` is SimSiam's")
  }

  func plan(
    _ amount: TrainingAmount, _ stepsPerEpoch: Int, at site: SourceSpan
  ) throws(Diagnostic) -> (TrainingPlan, isRemainder: Bool) {
    if amount == .usual, let rest = interrupted, rest.plan.stepsPerEpoch == stepsPerEpoch, rest.loss == definitions.loss?.source,
      rest.dataset == dataset.map(ObjectIdentifier.init)
    {
      let left = rest.plan
      // The rates may have been changed since; the length and the place in the schedule are the interrupted run's.
      var plan = plan(total: left.totalSteps, done: left.doneSteps, stepsPerEpoch)
      plan.isEpochOpen = left.isEpochOpen
      return (plan, true)
    }
    let steps: Double
    switch amount {
    case .usual: steps = settings.epochs * Double(stepsPerEpoch)
    case .epochs(let epochs): steps = epochs * Double(stepsPerEpoch)
    case .steps(let count): steps = Double(count)
    }
    guard steps.isFinite, steps.rounded() >= 1, steps < 1e12 else {
      throw Diagnostic(
        "a training run of \(length(of: amount, steps)) cannot be made", at: site, hint: "`train 20` is 20 epochs, `train 300 steps` 300 steps")
    }
    return (plan(total: Int(steps.rounded()), done: 0, stepsPerEpoch), false)
  }

  /// As it was asked for; the steps too where a part of an epoch is none.
  private func length(of amount: TrainingAmount, _ steps: Double) -> String {
    let epochs: Double
    switch amount {
    case .steps(let count): return "\(count) steps"
    case .epochs(let count): epochs = count
    case .usual: epochs = settings.epochs
    }
    return "\(Value.number(epochs).text) epochs" + (epochs > 0 && steps < 1 ? ", less than a step," : "")
  }

  private func plan(total: Int, done: Int, _ stepsPerEpoch: Int) -> TrainingPlan {
    var rates = settings.moduleRates
    rates[Model.probeName] = .probe
    return TrainingPlan(
      totalSteps: total, doneSteps: done, stepsPerEpoch: stepsPerEpoch, batch: settings.batch, baseRate: settings.rate,
      schedule: settings.schedule, moduleRates: rates)
  }

  /// Online top-1 on the test set, and what the user tracks once an epoch.
  private func epochMetrics(
    _ probe: EvaluationProgram?, at site: SourceSpan, computes: Bool
  ) throws(Diagnostic) -> [(name: String, measure: () -> Double?)] {
    var metrics: [(name: String, measure: () -> Double?)] = []
    if let probe {
      let dataset = try requireDataset(at: site)
      metrics.append(
        (
          "top1",
          { [self] in
            let accuracy = probe.accuracy(on: dataset.test, normalization: dataset.normalization, stop: stop)
            return stop?.isRequested == true ? nil : accuracy
          }
        ))
    }
    for track in definitions.tracks where track.cadence == .epoch {
      guard !stepElaboration(at: site).allNames(in: track.expression).contains("ema") else {
        throw Diagnostic(
          "`ema` averages over steps, and `\(track.name)` is looked at once an epoch", at: track.expression.span,
          hint: "`track \(track.name) = … every step`")
      }
      // What can be wrong is found now; what is then not a number is NaN.
      if computes {
        // A trial uses up no draws: a run that was interrupted is prepared more often than one that was not.
        let drawn = draws
        defer { draws = drawn }
        let first = try value(track.expression, owner: "track \(track.name)", on: track.sample)
        guard first.number != nil else { throw Self.noMetric(track.expression, first.kindText) }
      } else {
        let shape = try namedShape(of: track.expression, owner: "track \(track.name)")
        guard shape.shape.count == 1 else { throw Self.noMetric(track.expression, shape.description) }
      }
      metrics.append((track.name, { [self] in measured(track) }))
    }
    return metrics
  }

  /// nil where Ctrl-C cut it short.
  private func measured(_ track: Definitions.Track) -> Double? {
    let value = (try? value(track.expression, owner: "track \(track.name)", on: track.sample))?.number ?? .nan
    return stop?.isRequested == true ? nil : value
  }

  static func noMetric(_ expression: Expression, _ kind: String) -> Diagnostic {
    Diagnostic(
      "a metric is one number, and `\(expression.span.text.shortened)` is \(kind)", at: expression.span,
      hint: "`mean(…)` or `norm(…)` of it is a number")
  }

  /// A program in evaluation statistics that makes a row for each image.
  func evaluationProgram(at site: SourceSpan?, _ output: (ViewNodes) -> Node) throws(Diagnostic) -> EvaluationProgram {
    let model = try requireModel(at: site)
    let graph = Graph()
    let slot = InputSlot(name: "images", shape: Shape([settings.batch] + model.encoder.inputShape.extents))
    let views = ViewNodes(graph: graph, model: model, mode: .evaluation, rows: settings.batch, origin: .images([slot]))
    let node = output(views)
    let program = try Self.compiled([node], at: site)
    return EvaluationProgram(program: program, images: slot, output: 0, width: node.shape[1])
  }

  /// Top-1 of a linear classifier on frozen features, in percent.
  public func linearEvaluation(epochs: Int?, at site: SourceSpan) throws(Diagnostic) -> LinearProbe.Result {
    let (train, test, classes) = try features(at: site)
    var probe = LinearProbe(seed: seed)
    probe.epochs = epochs ?? probe.epochs
    let result: LinearProbe.Result
    do {
      result = try probe.evaluate(train: train, test: test, classes: classes, stop: stop)
    } catch {
      throw Self.tooLarge(error, at: site)
    }
    try checkInterruption(at: site)
    return result
  }

  /// Top-1 of the weighted vote of the nearest neighbours by cosine, in percent.
  public func nearestNeighbourEvaluation(neighbours: Int, at site: SourceSpan) throws(Diagnostic) -> Double {
    let (train, test, classes) = try features(at: site)
    let top1: Double
    do {
      top1 = try NearestNeighbours(k: min(neighbours, train.count)).accuracy(bank: train, queries: test, classes: classes, stop: stop)
    } catch {
      throw Self.tooLarge(error, at: site)
    }
    try checkInterruption(at: site)
    return top1
  }

  /// Frozen features of both splits.
  private func features(at site: SourceSpan) throws(Diagnostic) -> (train: FeatureTable, test: FeatureTable, classes: Int) {
    let dataset = try requireDataset(at: site)
    let encoding = try evaluationProgram(at: site) { $0.features(1) }
    let rows = dataset.train.count + dataset.test.count
    try requireRoom(encoding.memoryBytes + rows * encoding.width * MemoryLayout<Float>.stride, for: "the features of \(rows) images", at: site)
    let tables = [dataset.train, dataset.test].map { encoding.features(of: $0, normalization: dataset.normalization, stop: stop) }
    try checkInterruption(at: site)
    return (tables[0], tables[1], dataset.classCount)
  }
}
