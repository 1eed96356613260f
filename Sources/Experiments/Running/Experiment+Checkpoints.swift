import Checkpoints
import Graph
import Networks
import SourceText
import Tensors
import Training

extension Experiment {
  /// The live state: every variable of the trainer, the position in the streams, values, and what is left of a run.
  ///
  /// - Parameter plan: of the `train` that is going on; nil: what an interrupted one left.
  public func checkpoint(plan: TrainingPlan? = nil, at site: SourceSpan?) throws(Diagnostic) -> Checkpoint {
    let variables = Self.unique(try requireTrainer(at: site).variables())
    var state = LiveState()
    state.step = position
    state.seed = seed
    state.draws = draws
    // What an earlier interruption left is forgotten only when this `train` ends.
    let isGoingOn = plan != nil
    state.plan = (plan ?? interrupted?.plan).map { plan in
      LiveState.Plan(
        totalSteps: plan.totalSteps, doneSteps: plan.doneSteps, stepsPerEpoch: plan.stepsPerEpoch,
        loss: isGoingOn ? definitions.loss?.source : interrupted?.loss, isEpochOpen: plan.isEpochOpen ? true : nil)
    }
    state.architecture = try architecture(at: site).facts
    state.dataset = dataset?.summary
    state.datasetHash = dataset.map { "\($0.contentHash)" }
    var tensors = variables.map { NamedTensor(name: $0.name, shape: $0.shape, buffer: $0.buffer) }
    for constant in definitions.constants.values.sorted(by: { $0.name < $1.name }) {
      let content = LiveState.Content(constant.value, named: Self.valuePrefix + constant.name, adding: &tensors)
      state.values.append(.init(name: constant.name, source: constant.source, value: content))
    }
    return Checkpoint(state: state, tensors: tensors)
  }

  /// Takes over a checkpoint's live state: position, seed, draws, variables, and what is left of a run. Everything is checked before anything changes.
  ///
  /// - Parameter name: what the user calls the file.
  public func restore(_ checkpoint: LoadedCheckpoint, called name: String, at site: SourceSpan?) throws(Diagnostic) {
    let trainer = try requireTrainer(at: site)
    let architecture = try architecture(at: site).facts
    if let problem = Self.difference(checkpoint.state.architecture, architecture, name) { throw Diagnostic(problem, at: site) }
    let variables = Self.unique(trainer.variables()).filter { !$0.name.hasPrefix(RunningAverages.prefix) }
    if let problem = difference(checkpoint, variables, name) { throw Diagnostic(problem, at: site) }
    try requireRoom(bytesToKeep + variables.reduce(0) { $0 + $1.missingBytes }, for: "to load `\(name)`", at: site)
    keepContents()
    for variable in variables {
      if let entry = checkpoint.contents.entry(variable.name) { checkpoint.contents.copy(entry, to: variable.buffer.pointer) }
    }
    try requireModel(at: site).averages.restore(from: checkpoint.contents)
    _ = try requireTrainer(at: site)
    begin(seed: checkpoint.state.seed, at: checkpoint.state.step)
    trainer.restore(position: checkpoint.state.step, seed: checkpoint.state.seed)
    draws = checkpoint.state.draws
    interrupted = checkpoint.state.plan.flatMap { remainder($0, of: checkpoint.state) }
  }

  /// Takes over the values of a checkpoint.
  ///
  /// - Parameter isMissing: the names to take; the others stay as they are.
  /// - Returns: the names taken.
  @discardableResult
  public func restoreValues(of checkpoint: LoadedCheckpoint, where isMissing: (String) -> Bool = { _ in true }) -> [String] {
    var names: [String] = []
    for saved in checkpoint.state.values where isMissing(saved.name) {
      guard let value = saved.value.value(from: checkpoint.contents) else { continue }
      definitions.set(saved.name, to: value, source: saved.source)
      names.append(saved.name)
    }
    return names
  }

  static let valuePrefix = "val/"

  private static func unique(_ variables: [Variable]) -> [Variable] {
    var seen: Set<String> = []
    return variables.filter { seen.insert($0.name).inserted }
  }

  /// Of a loss and data that are still the same when it goes on: the rest of another is none of this.
  private func remainder(_ plan: LiveState.Plan, of state: LiveState) -> Remainder? {
    guard let dataset, "\(dataset.contentHash)" == state.datasetHash, plan.doneSteps < plan.totalSteps || plan.isEpochOpen == true
    else { return nil }
    var rest = TrainingPlan(
      totalSteps: plan.totalSteps, doneSteps: plan.doneSteps, stepsPerEpoch: plan.stepsPerEpoch, batch: settings.batch,
      baseRate: settings.rate, schedule: settings.schedule, moduleRates: settings.moduleRates)
    rest.isEpochOpen = plan.isEpochOpen == true
    return Remainder(plan: rest, loss: plan.loss, dataset: ObjectIdentifier(dataset))
  }

  /// The first fact in which two architectures differ.
  private static func difference(_ saved: [LiveState.Fact], _ here: [LiveState.Fact], _ file: String) -> String? {
    let values = Dictionary(saved.map { ($0.name, $0.value) }) { first, _ in first }
    for fact in here where values[fact.name] != fact.value {
      return "`\(file)` is of another architecture: \(fact.name) is \(values[fact.name] ?? "none") there and \(fact.value) here"
    }
    let names = Set(here.map(\.name))
    return saved.first { !names.contains($0.name) }.map {
      "`\(file)` is of another architecture: \($0.name) is \($0.value) there and none here"
    }
  }

  /// The first tensor in which a file differs from the variables, or value that it does not hold.
  private func difference(_ checkpoint: LoadedCheckpoint, _ variables: [Variable], _ file: String) -> String? {
    for variable in variables {
      guard let entry = checkpoint.contents.entry(variable.name) else { return "`\(file)` has no tensor `\(variable.name)`, which this model has" }
      guard entry.shape == variable.shape else {
        return "the tensor `\(variable.name)` is \(entry.shape) in `\(file)` and \(variable.shape) here"
      }
    }
    let names = Set(variables.map(\.name))
    let extra = checkpoint.contents.header.entries.first { entry in
      !names.contains(entry.name) && ![Self.valuePrefix, RunningAverages.prefix].contains(where: entry.name.hasPrefix)
    }
    if let extra { return "`\(file)` has the tensor `\(extra.name)`, which this model has not" }
    return checkpoint.state.values.first { $0.value.value(from: checkpoint.contents) == nil }.map {
      "`\(file)` does not hold the value of `\($0.name)`, which it names"
    }
  }
}
