import Graph

extension Trainer {
  /// Does steps of a job until enough of them are timed. They are steps like any: the model is trained by them.
  ///
  /// - Parameter steps: how many to time, at least 1; nil: at least five, for about three seconds.
  /// - Returns: nil where `stop` was requested; the outcome tells of a divergence.
  public func benchmark(
    _ job: TrainingJob, steps: Int? = nil, stop: StopSignal = StopSignal()
  ) -> (benchmark: StepBenchmark?, outcome: TrainingOutcome) {
    let meter = StepMeter(of: job.programs)
    var job = job
    job.meter = meter
    job.epochMetrics = []
    // Longer than anybody waits: what is timed ends the run, not the plan.
    job.plan.doneSteps = 0
    job.plan.totalSteps = 1 << 40
    var pace = BenchmarkPace(steps: steps, programs: job.programs.count)
    job.stopWhen = { _ in
      switch pace.next() {
      case .warm: meter.clear()
      case .enough: return true
      case .more: break
      }
      return false
    }
    let outcome = run(job, stop: stop)
    guard outcome.state == .stopped else { return (nil, outcome) }
    return (StepBenchmark(meter, of: job, warmUp: pace.warmUp), outcome)
  }
}

/// When a benchmark's steps are warm, and when they are enough.
private struct BenchmarkPace {
  enum Verdict { case warm, more, enough }

  private static let fewestSteps = 5
  /// Seconds.
  private static let (warming, timing) = (1.0, 3.0)
  /// The batches made ahead of the first step are then used up.
  private static let warmingSteps = 6

  private let steps: Int?
  /// The first run of each program takes its memory.
  private let fewestWarming: Int
  private(set) var warmUp = 0
  private var timed = 0
  private var isWarm = false
  private var began = ContinuousClock.now

  init(steps: Int?, programs: Int) {
    self.steps = steps
    fewestWarming = 2 * programs
  }

  /// To be asked after each step.
  mutating func next() -> Verdict {
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    guard isWarm else {
      warmUp += 1
      guard warmUp >= fewestWarming, warmUp >= Self.warmingSteps || seconds >= Self.warming else { return .more }
      isWarm = true
      began = .now
      return .warm
    }
    timed += 1
    if let steps { return timed >= steps ? .enough : .more }
    return timed >= Self.fewestSteps && seconds >= Self.timing ? .enough : .more
  }
}
