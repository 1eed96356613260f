import Datasets

/// Everything one `train` needs beside the model.
public struct TrainingJob {
  /// One program, or one for odd and one for even steps (counted from 1 since `reset`); each fills its own slots.
  public var programs: [StepProgram]
  public var source: BatchSource
  public var plan: TrainingPlan
  /// Measured at the end of every epoch: online top-1 (`OnlineAccuracy`), `track … every epoch`; nil where Ctrl-C cut it short, and then as if it had
  /// not begun.
  public var epochMetrics: [(name: String, measure: () -> Double?)]
  /// The step of the plan whose epoch is left open, to repeat a run that was.
  public var openStep: Int?
  public var thresholds: VerdictThresholds
  /// Ends the run after the first step for which it holds.
  public var stopWhen: ((StepRecord) -> Bool)?
  /// Counts where the time of each step goes; it must be of `programs`.
  public var meter: StepMeter?

  public init(
    programs: [StepProgram], source: BatchSource, plan: TrainingPlan,
    epochMetrics: [(name: String, measure: () -> Double?)] = [], thresholds: VerdictThresholds = VerdictThresholds(),
    stopWhen: ((StepRecord) -> Bool)? = nil
  ) {
    self.programs = programs
    self.source = source
    self.plan = plan
    self.epochMetrics = epochMetrics
    self.thresholds = thresholds
    self.stopWhen = stopWhen
  }
}
