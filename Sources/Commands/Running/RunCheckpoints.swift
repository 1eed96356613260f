import Foundation
import SourceText
import Training

/// Keeps the newest state of a run in progress, so that `resume` can go on from there.
final class RunCheckpoints {
  private let session: Session
  private let run: Int64
  private let plan: TrainingPlan
  private let rule: CheckpointRule
  private let begin = ProcessInfo.processInfo.systemUptime
  private var latest = ProcessInfo.processInfo.systemUptime
  private var newest: String?
  private var newestStep: Int?
  private var isWarned = false

  init(_ session: Session, run: Int64, plan: TrainingPlan) {
    self.session = session
    self.run = run
    self.plan = plan
    rule = session.checkpointRule
  }

  /// After a step or an epoch: writes a checkpoint if it is time. At the end of an epoch that is behind what the epoch measures and draws.
  func note(_ event: TrainingEvent) {
    let done: Int
    let isEpochEnd: Bool
    switch event {
    case .step(let step) where !plan.endsEpoch(after: step.planStep): (done, isEpochEnd) = (step.planStep, false)
    case .step: return
    case .epoch(let epoch) where epoch.isComplete: (done, isEpochEnd) = (epoch.planStep, true)
    case .epoch: return
    }
    guard done < plan.totalSteps, isDue(done, isEpochEnd) else { return }
    keep(plan.continued(after: done - plan.doneSteps))
  }

  /// At the end of a run that was long enough to lose something by it.
  func conclude(_ outcome: TrainingOutcome) {
    guard outcome.state != .diverged, outcome.stepsDone > 0 || outcome.isEpochOpen, isLong, newestStep != session.experiment.position else { return }
    keep(nil)
  }

  private var isLong: Bool {
    switch rule {
    case .off: false
    case .seconds(let seconds): ProcessInfo.processInfo.systemUptime - begin >= seconds
    case .epochs, .steps: true
    }
  }

  private func isDue(_ done: Int, _ isEpochEnd: Bool) -> Bool {
    switch rule {
    case .off: false
    case .seconds(let seconds): ProcessInfo.processInfo.systemUptime - latest >= seconds
    case .epochs(let count): isEpochEnd && (done / plan.stepsPerEpoch).isMultiple(of: count)
    case .steps(let count): done.isMultiple(of: count)
    }
  }

  private func keep(_ plan: TrainingPlan?) {
    latest = ProcessInfo.processInfo.systemUptime
    do throws(Diagnostic) {
      guard let path = try session.keepCheckpoint(of: run, plan: plan) else {
        return warn("no checkpoint is kept, as the history is in memory", "`save \"x.safetensors\"` keeps the state when the run has ended")
      }
      removeOld(besides: path)
      newest = path
      newestStep = session.experiment.position
    } catch {
      warn("no checkpoint was written: \(error.message)", "the training goes on, and so will the attempts")
    }
  }

  /// Of this run's own automatic checkpoints the newest alone stays, and the older goes when the newer is safe.
  private func removeOld(besides path: String) {
    guard let old = newest, old != path else { return }
    unlink(old)
    // A row without its file does no harm: the newer one is asked for first.
    try? session.record.history().removeArtifact(run, path: old)
  }

  private func warn(_ message: String, _ hint: String) {
    guard !isWarned else { return }
    isWarned = true
    session.output.diagnostic(Diagnostic(.warning, message, hints: [hint]))
  }
}
