import Graph
import Kernels
import Networks

/// Trains a model step by step and keeps what lives between runs: the modules, the optimizer's velocities, and the position, the
/// steps done since `reset`. A `run` goes on from where the last one ended.
///
/// Everything drawn (image order, augmentation, `Zn`, `randn`) is a function of (seed, position), so two trainers with the same
/// seed and jobs agree bit for bit at one thread count, however their steps are cut into runs.
public final class Trainer {
  public private(set) var modules: [Module]
  /// Steps done since `reset`.
  public private(set) var position = 0
  public private(set) var seed: UInt64
  public var optimizer: SGD
  /// What is carried from step to step beside weights and velocities.
  public var carried: [any CarriedState] = []

  private var velocities: [ObjectIdentifier: Variable] = [:]

  public init(modules: [Module], optimizer: SGD = SGD(), seed: UInt64) {
    self.modules = modules
    self.optimizer = optimizer
    self.seed = seed
    addVelocities()
  }

  /// Exchanges modules (a new predictor, the probe). Those that stay keep their velocities; new ones start at rest.
  public func setModules(_ modules: [Module]) {
    self.modules = modules
    let kept = Set(modules.flatMap(\.parameters).map(ObjectIdentifier.init))
    velocities = velocities.filter { kept.contains($0.key) }
    addVelocities()
  }

  /// Back to the start: initial values of `seed`, velocities at rest, position 0.
  public func reset(seed: UInt64) {
    self.seed = seed
    position = 0
    carried = []
    for module in modules { module.initialize(seed: seed) }
    for velocity in velocities.values { velocity.buffer.floats.update(repeating: 0) }
  }

  /// Everything a checkpoint holds beside `position`: parameters and running statistics, then velocities, in order of the modules, then what is
  /// carried.
  public func variables() -> [Variable] {
    let parameters = modules.flatMap(\.parameters)
    return parameters + modules.flatMap(\.states) + parameters.compactMap { velocities[ObjectIdentifier($0)] } + carried.flatMap(\.variables)
  }

  /// Sets the position, and the seed of what is drawn from there on, when a checkpoint's variables have been read back.
  public func restore(position: Int, seed: UInt64? = nil) {
    self.position = position
    self.seed = seed ?? self.seed
  }

  /// Does the plan's remaining steps. Ends early at a step boundary when `stop` is requested, and before the update of a step whose
  /// loss or gradients are not finite.
  ///
  /// - Parameter events: called on this thread, after each step and at the end of each epoch.
  public func run(
    _ job: TrainingJob, stop: StopSignal = StopSignal(), events: (TrainingEvent) -> Void = { _ in }
  ) -> TrainingOutcome {
    let run = TrainingRun(trainer: self, job: job)
    defer { run.end() }
    return run.outcome(stop: stop, events: events)
  }

  /// Everything but the numbers in the variables.
  public struct State {
    fileprivate let modules: [Module]
    public let position: Int
    fileprivate let seed: UInt64
    fileprivate let optimizer: SGD
    fileprivate let carried: [any CarriedState]
    fileprivate let velocities: [ObjectIdentifier: Variable]
  }

  public var state: State {
    get { State(modules: modules, position: position, seed: seed, optimizer: optimizer, carried: carried, velocities: velocities) }
    set {
      (modules, position, seed) = (newValue.modules, newValue.position, newValue.seed)
      (optimizer, carried, velocities) = (newValue.optimizer, newValue.carried, newValue.velocities)
    }
  }

  func velocity(of parameter: Variable) -> Variable? { velocities[ObjectIdentifier(parameter)] }

  func advance() { position += 1 }

  private func addVelocities() {
    for parameter in modules.flatMap(\.parameters) where velocities[ObjectIdentifier(parameter)] == nil {
      velocities[ObjectIdentifier(parameter)] = SGD.velocity(of: parameter)
    }
  }
}
