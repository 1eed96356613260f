import Graph
import Kernels
import SourceText
import Training

/// What the steps of an experiment take here.
public struct ExperimentBenchmark: Sendable {
  public let step: StepBenchmark
  /// The networks, in a line.
  public let model: String
  /// The data set, in a line.
  public let data: String
  /// How many numbers are trained.
  public let parameters: Int
  /// Images of a step, and how many views each has.
  public let batch: Int
  public let views: Int
  public let threads: Int
  /// Floating-point operations a second of a large matrix product on these threads, measured after the steps.
  public let productFlopsPerSecond: Double

  public var imagesPerSecond: Double { Double(batch) / step.median }
  public var flopsPerSecond: Double { step.flops / step.median }
}

extension Experiment {
  /// Times steps of a training that is ready. The model is trained by them.
  ///
  /// - Parameter steps: how many; nil: for about three seconds.
  /// - Returns: nil where a step diverged; the outcome tells how.
  /// - Throws: a note when it was interrupted.
  public func benchmark(
    _ prepared: PreparedTraining, steps: Int?, stop: StopSignal
  ) throws(Diagnostic) -> (benchmark: ExperimentBenchmark?, outcome: TrainingOutcome) {
    let trainer = try requireTrainer(at: nil)
    let (step, outcome) = trainer.benchmark(prepared.job, steps: steps, stop: stop)
    guard outcome.state != .interrupted else { throw Self.interruption(at: nil) }
    guard let step else { return (nil, outcome) }
    let benchmark = ExperimentBenchmark(
      step: step, model: try architecture(at: nil).summary, data: dataset?.summary ?? "",
      parameters: Self.trainedCount(prepared.job.programs), batch: prepared.job.source.batch, views: prepared.job.source.views,
      threads: ThreadPool.shared.threadCount, productFlopsPerSecond: MachineSpeed.largeProduct())
    return (benchmark, outcome)
  }
}
