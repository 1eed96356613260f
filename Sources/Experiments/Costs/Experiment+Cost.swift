import Datasets
import Graph
import Networks
import SourceText
import Syntax
import Training

extension Experiment {
  /// What a `train` of that length would cost, with all that is wrong with it found as the `train` itself would find it. No memory is taken
  /// for the steps, and none is computed.
  ///
  /// - Returns: the cost, and what there is to say before such a run.
  public func cost(
    of amount: TrainingAmount, at site: SourceSpan, by estimator: CostEstimator
  ) throws(Diagnostic) -> (cost: RunCost, warnings: [Diagnostic]) {
    let loss = try requireLoss(at: site)
    let dataset = try requireDataset(at: site)
    var warnings: [Diagnostic] = []
    let fingerprint = try StepFingerprint(architecture(at: site), dataset, settings, definitions, loss: loss)
    let step = try estimator.step(fingerprint) { () throws(Diagnostic) in
      let prepared = try prepareTraining(amount, at: site, computes: false)
      warnings = prepared.warnings
      return try stepCost(of: prepared, dataset, at: site, by: estimator)
    }
    let (plan, _) = try plan(amount, step.stepsPerEpoch, at: site)
    return (RunCost(step: step, steps: plan.totalSteps), warnings)
  }

  private func stepCost(
    of prepared: PreparedTraining, _ dataset: ImageDataset, at site: SourceSpan, by estimator: CostEstimator
  ) throws(Diagnostic) -> StepCost {
    let model = try requireModel(at: site)
    let job = prepared.job
    let speed = estimator.speed
    let share = 1 / Double(job.programs.count)
    let computing = job.programs.reduce(0.0) { sum, step in
      sum + share * (speed.seconds(of: step.program.plan) + speed.seconds(movingBytes: step.bytesMovedBeside(modules: model.modules)))
    }
    let endings = try epochEnds(of: prepared, model, dataset, at: site, by: estimator)
    return StepCost(
      dataset: dataset.name, parameters: Self.trainedCount(job.programs),
      flops: job.programs.reduce(0) { $0 + share * Double($1.program.plan.flops) },
      memoryBytes: estimator.residentBytes + dataset.memoryBytes + Self.variableBytes(of: model, job.programs)
        + job.programs.reduce(0) { $0 + $1.memoryBytes } + job.source.prefetchedBytes + endings.memoryBytes,
      seconds: CostEstimator.overlapped(compute: computing, batch: estimator.seconds(making: job.source)),
      secondsPerEpochEnd: endings.seconds, stepsPerEpoch: job.source.stepsPerEpoch)
  }

  /// The networks, and whatever else the steps keep from one to the next. A weight has a velocity beside it, a running statistic a copy to go
  /// back to.
  private static func variableBytes(of model: Model, _ programs: [StepProgram]) -> Int {
    let networks = model.modules.flatMap { $0.parameters + $0.states }
    let known = Set(networks.map(ObjectIdentifier.init))
    var others: [ObjectIdentifier: Variable] = [:]
    let carried = programs.flatMap(\.carried).flatMap(\.state.variables)
    for variable in carried + programs.flatMap(\.program.plan.variables) where !known.contains(ObjectIdentifier(variable)) {
      others[ObjectIdentifier(variable)] = variable
    }
    let floats = networks.reduce(0) { $0 + 2 * $1.shape.count } + others.values.reduce(0) { $0 + $1.shape.count }
    return floats * MemoryLayout<Float>.stride
  }

  /// - Throws: where what the steps and the ends of epochs will take does not fit beside what is held already.
  func requireRoom(for job: TrainingJob, _ probe: EvaluationProgram?, _ model: Model, at site: SourceSpan) throws(Diagnostic) {
    let programs = job.programs
    let variables = (trainer?.variables() ?? []) + programs.flatMap { $0.carried.flatMap(\.state.variables) + $0.program.plan.variables }
    let missing = Dictionary(variables.map { (ObjectIdentifier($0), $0.missingBytes) }) { first, _ in first }
    let statistics = model.modules.flatMap(\.states) + programs.flatMap(\.carried).flatMap(\.state.programVariables)
    var bytes = bytesToKeep + job.source.prefetchedBytes + missing.values.reduce(0, +)
    bytes += programs.reduce(0) { $0 + $1.memoryBytes } + programs.count * statistics.reduce(0) { $0 + $1.byteCount }
    bytes += (probe?.memoryBytes ?? 0) + (rank(of: job, model)?.memoryBytes ?? 0)
    try requireRoom(bytes, for: "this training", at: site)
  }

  /// By either kind of step of an alternating loss.
  static func trainedCount(_ programs: [StepProgram]) -> Int {
    var counts: [ObjectIdentifier: Int] = [:]
    for (variable, _) in programs.flatMap(\.gradients) { counts[ObjectIdentifier(variable)] = variable.shape.count }
    return counts.values.reduce(0, +)
  }

  /// What is measured at the end of an epoch: the test set, the rank of the last batch, what is tracked every epoch.
  private func epochEnds(
    of prepared: PreparedTraining, _ model: Model, _ dataset: ImageDataset, at site: SourceSpan, by estimator: CostEstimator
  ) throws(Diagnostic) -> (seconds: Double, memoryBytes: Int) {
    var (seconds, memory) = (0.0, 0)
    let job = prepared.job
    if let probe = prepared.probe {
      seconds += estimator.speed.seconds(of: probe.program.plan) * chunks(of: dataset.test)
      memory += probe.memoryBytes
    }
    if let rank = rank(of: job, model) {
      seconds += estimator.speed.seconds(of: rank.plan)
      memory += rank.memoryBytes
    }
    for track in definitions.tracks where track.cadence == .epoch {
      seconds += try self.seconds(tracking: track, model, dataset, batch: estimator.seconds(making: job.source), by: estimator)
    }
    return (seconds, memory)
  }

  /// What measures the rank of the last batch; nil where no step makes embeddings.
  private func rank(of job: TrainingJob, _ model: Model) -> EffectiveRank? {
    guard job.programs.contains(where: { $0.embeddings != nil }) else { return nil }
    return try? EffectiveRank(rows: 2 * settings.batch, columns: model.dim)
  }

  /// How many programs of a batch's size encode a split.
  private func chunks(of split: ImageSplit) -> Double { Double((split.count + settings.batch - 1) / max(1, settings.batch)) }

  /// To compute a metric once. On a whole split the encoding of its views is counted, and not the formula on them.
  private func seconds(
    tracking track: Definitions.Track, _ model: Model, _ dataset: ImageDataset, batch: Double, by estimator: CostEstimator
  ) throws(Diagnostic) -> Double {
    let elaboration = stepElaboration(at: track.expression.span)
    let node = try elaboration.array(elaboration.meaning(of: track.expression, owner: "track \(track.name)"), at: track.expression.span).node
    let usedViews = Double(elaboration.views?.usedViews.count ?? 0)
    let makingView = batch / Double(settings.views)
    switch track.sample?.kind {
    case .train: return try encoding(dataset.train)
    case .test: return try encoding(dataset.test)
    case nil: return try onBatches(1)
    case .batches(let count): return try onBatches(value(count, owner: "on").number ?? 1)
    }
    func encoding(_ split: ImageSplit) throws(Diagnostic) -> Double {
      let encoder = try evaluationProgram(at: track.expression.span) { $0.projections(1) }
      return usedViews * chunks(of: split) * (estimator.speed.seconds(of: encoder.program.plan) + makingView)
    }
    func onBatches(_ count: Double) throws(Diagnostic) -> Double {
      let program = try Self.compiled([node], at: track.expression.span)
      return count * (estimator.speed.seconds(of: program.plan) + (usedViews > 0 ? batch : 0))
    }
  }
}
