/// A module's own rate, where it is not the run's.
public struct ModuleRate: Hashable, Sendable {
  /// The base rate; nil: the run's. 0 freezes the module: its parameters are not touched, by decay or momentum either.
  public var base: Double?
  /// Whether the run's schedule applies, or the rate stays what it is.
  public var followsSchedule: Bool
  /// Whether the base is for a batch of 256 and scaled by M/256, as the run's is.
  public var scalesWithBatch: Bool
  /// The module's own decay; nil: the optimizer's.
  public var decay: Double?

  public init(base: Double? = nil, followsSchedule: Bool = true, scalesWithBatch: Bool = true, decay: Double? = nil) {
    self.base = base
    self.followsSchedule = followsSchedule
    self.scalesWithBatch = scalesWithBatch
    self.decay = decay
  }

  /// The run's rate and schedule.
  public static let scheduled = ModuleRate()
  /// The run's base rate without schedule: A.1's predictor.
  public static let constant = ModuleRate(followsSchedule: false)
  public static let frozen = ModuleRate(base: 0)
  /// The online probe: 0.1 throughout, without decay, as solo-learn and A.1 have it.
  public static let probe = ModuleRate(base: 0.1, followsSchedule: false, scalesWithBatch: false, decay: 0)
}
