import Glibc
import Graph

/// What training steps take here, and where that goes: means over the timed steps, scaled so that together they make the median step.
public struct StepBenchmark: Sendable {
  /// The operations of one primitive, or what is done beside the program: of one step.
  public struct Part: Hashable, Sendable {
    public let name: String
    public let seconds: Double
    /// Of an alternating loss, whose steps differ, the mean.
    public let calls: Double
    public let flops: Double
    public let bytes: Double
  }

  /// Of every timed step in seconds, from the shortest.
  public let stepSeconds: [Double]
  /// Steps before these, which were not timed.
  public let warmUp: Int
  /// By primitive, the slowest first.
  public let primitives: [Part]
  /// Waiting for the batch.
  public let wait: Part
  /// The optimizer, and what is carried from step to step.
  public let update: Part
  /// Whatever else a step does.
  public let rest: Part
  /// Of the operations that nothing but the record needs.
  public let metricSeconds: Double
  /// For one look at the effective rank, as it is taken at the end of an epoch; nil where there is nothing to take it of.
  public let rankSeconds: Double?
  /// Floating-point operations of a step, by the definitions of what is computed.
  public let flops: Double
  /// Planned for the step's values.
  public let arenaBytes: Int
  /// The most that the process has held.
  public let peakBytes: Int

  /// Seconds.
  public let median: Double
  /// Seconds: where some steps wait for their batches, the one that tells how long many take.
  public let mean: Double
  /// Everything, so that the parts add up to the median step.
  public var parts: [Part] { primitives + [wait, update, rest] }
}

extension StepBenchmark {
  /// - Parameter meter: has timed at least one step of `job`.
  init(_ meter: StepMeter, of job: TrainingJob, warmUp: Int) {
    let total = meter.steps.reduce(0) { $0 + $1.total }
    let count = Double(meter.steps.count)
    stepSeconds = meter.steps.map(\.total).sorted()
    let half = stepSeconds.count / 2
    median = stepSeconds.count % 2 == 1 ? stepSeconds[half] : (stepSeconds[half - 1] + stepSeconds[half]) / 2
    self.warmUp = warmUp
    peakBytes = Self.peakBytes()
    rankSeconds = Self.rankSeconds(of: job)
    arenaBytes = job.programs.reduce(0) { $0 + $1.program.plan.arenaBytes }

    mean = total / count
    let scale = median / total
    func part(_ name: String, _ path: KeyPath<StepMeter.Step, Double>) -> Part {
      Part(name: name, seconds: scale * meter.steps.reduce(0) { $0 + $1[keyPath: path] }, calls: 1, flops: 0, bytes: 0)
    }
    primitives = Self.merged(meter.profiles, scale: scale, steps: count)
    wait = part("data wait", \.wait)
    update = part("optimizer", \.update)
    let known = primitives.reduce(wait.seconds + update.seconds) { $0 + $1.seconds }
    rest = Part(name: "rest", seconds: max(0, median - known), calls: 1, flops: 0, bytes: 0)
    metricSeconds = zip(meter.profiles, job.programs).reduce(0) { sum, entry in
      sum + scale * Double(entry.0.runCount) * entry.0.seconds(of: entry.1.metricOperations)
    }
    flops = meter.profiles.reduce(0) { $0 + Double($1.runCount) / count * Double($1.program.plan.flops) }
  }

  /// - Parameter scale: what a second of all steps together is of the median one.
  private static func merged(_ profiles: [ProgramProfile], scale: Double, steps: Double) -> [Part] {
    var parts: [String: Part] = [:]
    for profile in profiles {
      let runs = Double(profile.runCount)
      for row in profile.rows {
        let known = parts[row.primitive]
        parts[row.primitive] = Part(
          name: row.primitive, seconds: (known?.seconds ?? 0) + scale * runs * row.seconds,
          calls: (known?.calls ?? 0) + runs / steps * Double(row.calls), flops: (known?.flops ?? 0) + runs / steps * Double(row.flops),
          bytes: (known?.bytes ?? 0) + runs / steps * Double(row.bytes))
      }
    }
    return parts.values.sorted { ($1.seconds, $0.name) < ($0.seconds, $1.name) }
  }

  /// Of the last step's rows; the first look takes the memory for it.
  private static func rankSeconds(of job: TrainingJob) -> Double? {
    guard let step = job.programs.first, let output = step.embeddings else { return nil }
    let shape = step.program.plan.shape(ofOutput: output)
    guard let rank = try? EffectiveRank(rows: shape[0], columns: shape[1]) else { return nil }
    let clock = ContinuousClock()
    let looks = (0..<2).map { _ in clock.measure { _ = rank.value(of: step.program.pointer(to: output)) } / .seconds(1) }
    return looks.min()
  }

  private static func peakBytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    // Linux counts KiB.
    return usage.ru_maxrss << 10
  }
}
