import Datasets
import Graph
import Kernels
import SourceText

/// Estimates costs for one check: the machine is measured at the first question, and each step is looked at once.
public final class CostEstimator {
  private let knownMachine: MachineSpeed.Figures?
  private var askedSpeed: MachineSpeed?
  /// What the process holds before anything is loaded.
  let residentBytes: Int
  private var steps: [StepFingerprint: StepCost] = [:]

  /// What the time of making a batch depends on.
  private struct BatchKind {
    let shape: ImageShape
    let batch: Int
    let views: Int
    let augmentation: Augmentation
  }

  /// - Parameter knownMachine: what is known of the machine; nil: it is measured when it is asked for.
  public init(residentBytes: Int, knownMachine: MachineSpeed.Figures? = nil) {
    self.residentBytes = residentBytes
    self.knownMachine = knownMachine
  }

  public var speed: MachineSpeed {
    if let askedSpeed { return askedSpeed }
    let speed = MachineSpeed(figures: knownMachine)
    askedSpeed = speed
    return speed
  }

  /// What is known of the machine now; nil where that is no more than before.
  public var learned: MachineSpeed.Figures? { askedSpeed.flatMap { $0.figures == knownMachine ? nil : $0.figures } }

  func step(_ fingerprint: StepFingerprint, _ make: () throws(Diagnostic) -> StepCost) throws(Diagnostic) -> StepCost {
    if let known = steps[fingerprint] { return known }
    let made = try make()
    steps[fingerprint] = made
    return made
  }

  /// To make a batch, on one thread.
  func seconds(making source: BatchSource) -> Double {
    let kind = BatchKind(shape: source.shape, batch: source.batch, views: source.views, augmentation: source.augmentation)
    return speed.seconds(ofSample: "\(kind)", measured: source.secondsPerBatch)
  }

  /// Of a step that computes for `compute` seconds on all compute threads while one more makes the next batch for `batch` seconds: as long
  /// as the longer, and no shorter than the processors need for both together.
  static func overlapped(compute: Double, batch: Double) -> Double {
    let threads = Double(ThreadPool.shared.threadCount)
    let processors = Double(ThreadCount.available)
    return max(compute, batch, (compute * threads + batch) / processors)
  }
}
