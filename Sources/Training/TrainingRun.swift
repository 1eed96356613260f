import Datasets
import Graph
import Networks

/// One `run` of a trainer, from its first step to its outcome.
final class TrainingRun {
  private let trainer: Trainer
  private let job: TrainingJob
  private let steppers: [Stepper]
  private let prefetcher: Prefetcher
  private var rank: EffectiveRank?

  private var stepsDone = 0
  private var last: [MetricValue] = []
  /// The metrics of the latest steps, which the verdict is judged on.
  private var recent = RecentMetrics()
  private var lastEpoch: EpochRecord?
  private var isEpochOpen = false
  private var means = RunningMeans()
  private var trace: [Double] = []
  private var divergence: Verdict.Divergence?

  /// - Precondition: the job has a program, each program's slots are of the source's shape, and its meter is of its programs.
  init(trainer: Trainer, job: TrainingJob) {
    precondition(!job.programs.isEmpty, "a run needs a program")
    let values = job.source.batch * job.source.shape.valueCount
    for slots in job.programs.map(\.images) {
      precondition(
        slots.count <= job.source.views && slots.allSatisfy { $0.shape.count == values },
        "the program reads other images than the source makes")
    }
    self.trainer = trainer
    self.job = job
    steppers = job.programs.enumerated().map { index, program in
      Stepper(trainer: trainer, program: program, plan: job.plan, meter: job.meter, profile: job.meter?.profiles[index])
    }
    prefetcher = Prefetcher(source: job.source, firstStep: trainer.position)
  }

  func end() { prefetcher.stop() }

  func outcome(stop: StopSignal, events: (TrainingEvent) -> Void) -> TrainingOutcome {
    let state = steps(stop: stop, events: events)
    let verdict = Verdict(
      spaces: judgedSpaces(), trace: trace, rank: lastEpoch?.measured["rank"], batch: job.plan.batch, divergence: divergence,
      thresholds: job.thresholds)
    return TrainingOutcome(
      state: state, stepsDone: stepsDone, isEpochOpen: isEpochOpen, lastMetrics: last, lastEpoch: lastEpoch, verdict: verdict)
  }

  private var planStep: Int { job.plan.doneSteps + stepsDone }
  /// Odd steps, counted from 1 since `reset`, take the first program.
  private var stepper: Stepper { steppers[trainer.position % steppers.count] }

  private func steps(stop: StopSignal, events: (TrainingEvent) -> Void) -> TrainingOutcome.State {
    if job.plan.isEpochOpen {
      // Its steps were another run's, and so was the rank of their last batch.
      events(.epoch(epoch(step: trainer.position, rank: nil)))
      if isEpochOpen { return .interrupted }
    }
    while planStep < job.plan.totalSteps {
      if stop.isRequested { return .interrupted }
      job.meter?.begin()
      let current = stepper
      let batch = prefetcher.next()
      job.meter?.count(\.wait)
      let result = current.run(batch, planStep: planStep)
      let record = StepRecord(
        step: trainer.position + 1, planStep: planStep + 1, epoch: planStep / job.plan.stepsPerEpoch + 1, values: result.values)
      if let cause = result.divergence {
        divergence = cause
        events(.step(record))
        return .diverged
      }
      trainer.advance()
      stepsDone += 1
      note(record, of: current.program)
      job.meter?.end()
      events(.step(record))
      if job.plan.endsEpoch(after: planStep) {
        events(.epoch(epoch(step: record.step, rank: effectiveRank(current.program))))
        if isEpochOpen { return .interrupted }
      }
      if job.stopWhen?(record) == true { return .stopped }
    }
    return .finished
  }

  private func note(_ record: StepRecord, of program: StepProgram) {
    last = record.values
    recent.add(record.values, keeping: job.plan.stepsPerEpoch)
    means.add(record.values)
    // Of one space throughout: an alternating loss may have another at every other step.
    if let mr = program.spaces.first.flatMap({ record.values[$0.mr] }) { trace.append(mr) }
  }

  /// Measures the epoch that ended with the last step, and leaves it open where that is cut short.
  private func epoch(step: Int, rank: Double?) -> EpochRecord {
    let ofLastBatch = rank.map { [MetricValue("rank", $0)] } ?? []
    let measured = planStep == job.openStep ? nil : measuredMetrics()
    isEpochOpen = measured == nil
    let epoch = EpochRecord(
      step: step, planStep: planStep, epoch: (planStep - 1) / job.plan.stepsPerEpoch + 1, epochs: job.plan.epochs, means: means.take(),
      measured: ofLastBatch + (measured ?? []), isComplete: measured != nil)
    lastEpoch = epoch
    return epoch
  }

  /// nil where one was cut short: then all of them are measured again.
  private func measuredMetrics() -> [MetricValue]? {
    var values: [MetricValue] = []
    for metric in job.epochMetrics {
      guard let value = metric.measure() else { return nil }
      values.append(MetricValue(metric.name, value))
    }
    return values
  }

  /// Of the embeddings of the epoch's last batch.
  private func effectiveRank(_ program: StepProgram) -> Double? {
    guard let output = program.embeddings else { return nil }
    let shape = program.program.tensor(output).shape
    // One that needs more memory than a program may have is left out of the record; the run goes on.
    if rank == nil { rank = try? EffectiveRank(rows: shape[0], columns: shape[1]) }
    return rank?.value(of: program.program.pointer(to: output))
  }

  /// The median over the run's last steps (an epoch, but no more than the run's last fifth). A single batch tells too little: when nearly all rows
  /// have met in one point, m_r hangs on how many odd images the batch happens to have (seen: 0.15 to 0.30 from step to step).
  private func judgedSpaces() -> [Verdict.Space] {
    var spaces: [JudgedSpace] = []
    for space in steppers.flatMap(\.program.spaces) where !spaces.contains(space) { spaces.append(space) }
    let steps = max(1, min(job.plan.stepsPerEpoch, stepsDone / 5))
    return spaces.compactMap { space in
      guard let std = recent.median(space.std, of: steps), let mo = recent.median(space.mo, of: steps),
        let mr = recent.median(space.mr, of: steps)
      else { return nil }
      return Verdict.Space(
        name: space.name, dimension: space.dimension, std: std, mo: mo, mr: mr, mrMean: recent.median(space.mrMean, of: steps))
    }
  }
}
