/// What a run tells whoever watches: the progress line, the history.
public enum TrainingEvent: Sendable {
  case step(StepRecord)
  case epoch(EpochRecord)
}

/// One step, in training statistics.
public struct StepRecord: Hashable, Sendable {
  /// Steps since `reset`, this one included.
  public let step: Int
  /// Steps of the plan, this one included.
  public let planStep: Int
  /// The plan's epoch, from 1.
  public let epoch: Int
  /// `loss` first.
  public let values: [MetricValue]
}

/// The end of an epoch of the plan (the last may be a part of one).
public struct EpochRecord: Hashable, Sendable {
  public let step: Int
  public let planStep: Int
  public let epoch: Int
  public let epochs: Int
  /// Means over the epoch's steps in this run.
  public let means: [MetricValue]
  /// What is measured once: `rank`, `top1`, the user's own.
  public let measured: [MetricValue]
  /// False where Ctrl-C came meanwhile: `rank` alone is there, and the rest is measured when the training goes on.
  public let isComplete: Bool
}
