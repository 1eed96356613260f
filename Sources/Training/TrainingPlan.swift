import Networks

/// How long and at what rates one `train` runs. The schedule spans `totalSteps`; a plan that was interrupted goes on at `doneSteps`.
public struct TrainingPlan: Hashable, Sendable {
  public var totalSteps: Int
  /// Steps of this plan that earlier runs have done.
  public var doneSteps: Int
  /// Whether the epoch that these steps ended is still to be measured: Ctrl-C came meanwhile.
  public var isEpochOpen = false
  /// At least 1.
  public let stepsPerEpoch: Int
  /// M: the base rates are for 256 and are scaled by M/256.
  public var batch: Int
  public var baseRate: Double
  public var schedule: Schedule
  /// By module name; a module without an entry is `.scheduled`.
  public var moduleRates: [String: ModuleRate]

  public init(
    totalSteps: Int, doneSteps: Int = 0, stepsPerEpoch: Int, batch: Int, baseRate: Double = 0.5,
    schedule: Schedule = .constant, moduleRates: [String: ModuleRate] = [:]
  ) {
    self.totalSteps = totalSteps
    self.doneSteps = doneSteps
    self.stepsPerEpoch = max(1, stepsPerEpoch)
    self.batch = batch
    self.baseRate = baseRate
    self.schedule = schedule
    self.moduleRates = moduleRates
  }

  /// The epochs of the whole plan; the last may be a part of one.
  public var epochs: Int { (totalSteps + stepsPerEpoch - 1) / stepsPerEpoch }
  public var remainingSteps: Int { max(0, totalSteps - doneSteps) }

  /// Whether an epoch, the last of them perhaps a part of one, ends after so many steps of the plan.
  public func endsEpoch(after steps: Int) -> Bool { steps % stepsPerEpoch == 0 || steps == totalSteps }

  /// Whether there is something to do.
  public var isUnfinished: Bool { remainingSteps > 0 || isEpochOpen }

  /// What is left after `steps` more.
  public func continued(after steps: Int, isEpochOpen: Bool = false) -> TrainingPlan {
    var plan = self
    plan.doneSteps += steps
    plan.isEpochOpen = isEpochOpen
    return plan
  }

  /// The rate of a module at step `step` (from 0) of the plan.
  public func rate(of module: String, step: Int) -> Double {
    let own = moduleRates[module] ?? .scheduled
    let base = (own.base ?? baseRate) * (own.scalesWithBatch ? Double(batch) / 256 : 1)
    return (own.followsSchedule ? schedule : .constant).rate(base: base, step: step, of: totalSteps, stepsPerEpoch: stepsPerEpoch)
  }

  public func isFrozen(_ module: String) -> Bool { (moduleRates[module]?.base ?? baseRate) == 0 }
}
