/// How a run ended.
public struct TrainingOutcome: Sendable {
  public enum State: Hashable, Sendable {
    case finished
    /// The stop signal came; `TrainingPlan.continued(after:isEpochOpen:)` is what was left.
    case interrupted
    /// The job's own `stopWhen` held.
    case stopped
    /// A loss or gradient was not finite. The model is as it was before that step.
    case diverged
  }

  public let state: State
  /// Steps this run has done, without the one that diverged.
  public let stepsDone: Int
  /// Whether the epoch that the last step ended is still to be measured.
  public let isEpochOpen: Bool
  /// Of the last step done; empty when there is none.
  public let lastMetrics: [MetricValue]
  public let lastEpoch: EpochRecord?
  public let verdict: Verdict
}
