/// What one `train` would take here: counted from its shapes, and estimated from how fast this machine has just been.
public struct RunCost: Hashable, Sendable {
  public let step: StepCost
  public let steps: Int

  /// Of the whole run, with what is measured at the end of each epoch.
  public var seconds: Double {
    let epochs = (steps + step.stepsPerEpoch - 1) / max(1, step.stepsPerEpoch)
    return Double(steps) * step.seconds + Double(epochs) * step.secondsPerEpochEnd
  }
}

/// What the steps of a run have in common, however many there are.
public struct StepCost: Hashable, Sendable {
  /// The name of the data set.
  public let dataset: String
  /// How many numbers are trained.
  public let parameters: Int
  /// Floating-point operations of a step; the mean over both kinds of step of an alternating loss.
  public let flops: Double
  /// At the peak, of the whole process.
  public let memoryBytes: Int
  public let seconds: Double
  /// The test set, the rank, and what is tracked every epoch.
  public let secondsPerEpochEnd: Double
  public let stepsPerEpoch: Int
}
