import Graph
import Kernels

/// Tells where the time of training steps goes: to waiting for the batch, to every operation of the program, to the optimizer, to the rest.
///
/// A `TrainingJob` with a meter trains as it would without. The end of an epoch, and whoever is told of a step, are not counted.
public final class StepMeter {
  /// What one step took, in seconds.
  public struct Step: Hashable, Sendable {
    /// For the batch to be there.
    public internal(set) var wait = 0.0
    /// The program's run.
    public internal(set) var program = 0.0
    /// The optimizer's step of every parameter, and what is carried on to the next step.
    public internal(set) var update = 0.0
    /// Images into their slots, the looks for what is not finite, the record's numbers.
    public internal(set) var rest = 0.0

    /// All of it.
    public var total: Double { wait + program + update + rest }
  }

  public private(set) var steps: [Step] = []
  /// One for each program of the job, in their order.
  public let profiles: [ProgramProfile]
  private var current = Step()
  private var last = ContinuousClock.now

  public init(of programs: [StepProgram]) { profiles = programs.map { ProgramProfile(of: $0.program) } }

  /// Forgets the steps so far, such as those of the warm-up.
  public func clear() {
    steps = []
    for profile in profiles { profile.clear() }
  }

  func begin() {
    current = Step()
    last = ContinuousClock.now
  }

  /// Counts the time since the last call for that part of the step.
  func count(_ part: WritableKeyPath<Step, Double>) {
    let now = ContinuousClock.now
    current[keyPath: part] += (now - last) / .seconds(1)
    last = now
  }

  func end() {
    count(\.rest)
    steps.append(current)
  }
}
