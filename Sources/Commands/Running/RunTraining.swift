import Experiments
import RunHistory
import SourceText
import Syntax
import Tables
import Training

/// Where a run comes from.
struct RunOrigin {
  let name: String
  /// The run whose live model this one trains on.
  let continues: Int64?
  /// Whether it does what that run left, and so is that run as far as it can be.
  var isResumed = false
  /// The run that this one repeats, with changes or without.
  var rerunOf: Int64?
  /// The `train` that asks for it.
  let statement: Statement
}

/// One recorded training: from its preparation to what is said at its end.
struct RunTraining {
  private let session: Session
  private let prepared: PreparedTraining
  private let recorder: RunRecorder
  private let checkpoints: RunCheckpoints

  /// - Throws: where the history cannot be written at all: then nothing has been trained yet.
  init(_ prepared: PreparedTraining, _ origin: RunOrigin, in session: Session) throws(StatementFailure) {
    self.session = session
    self.prepared = prepared
    recorder = try StatementFailure.wrap { () throws(Diagnostic) in try RunRecorder(session, origin, prepared: prepared) }
    checkpoints = RunCheckpoints(session, run: recorder.id, plan: prepared.job.plan)
  }

  func run() throws(StatementFailure) {
    var meter = ProgressMeter(plan: prepared.job.plan)
    var watched = try session.watchedPlot.map { plot throws(StatementFailure) in try WatchedCurves(plot, in: session) }
    let outcome = try StatementFailure.wrap { () throws(Diagnostic) in
      try session.experiment.run(prepared, stop: Session.interruption) { event in
        switch event {
        case .step(let step): recorder.record(step)
        case .epoch(let epoch): recorder.record(epoch)
        }
        watched?.record(event)
        var progress = meter.progress(after: event)
        progress.figure = watched?.figureIfDue()
        session.output.progress(progress)
        checkpoints.note(event)
      }
    }
    session.output.progress(nil)
    if let watched { show(watched) }
    checkpoints.conclude(outcome)
    try conclude(outcome)
  }

  /// The whole curves, once, wherever the run is read.
  private func show(_ watched: WatchedCurves) {
    session.output.answer(.figure(watched.figure))
    for metric in watched.missing {
      let known = MetricPlot.names(in: session)
      session.warn([
        Diagnostic(
          .warning, "this run has recorded no `\(metric)`, which `watch plot` asks for",
          hints: [NearestNames.question(for: metric, among: known)].compactMap { $0 })
      ])
    }
  }

  /// `run 42 · no collapse (…)`
  private func conclude(_ outcome: TrainingOutcome) throws(StatementFailure) {
    if let problem = recorder.finish(outcome, prepared.watch?.stop) { session.output.diagnostic(problem) }
    let left =
      outcome.state == .interrupted
      ? "interrupted after \(outcome.stepsDone) steps; `\(session.options.isInteractive ? "train" : "resume \(recorder.id)")` does what is left · "
      : ""
    // The reason is the user's own word, and the verdict need not agree with it.
    let stopped = prepared.watch?.stop.map { "stopped after \(outcome.stepsDone.counted("step")) by `watch`: \($0.text) · verdict: " } ?? ""
    session.note("run \(recorder.id) · \(left)\(stopped)\(outcome.verdict.sentence)")
    for warning in outcome.verdict.warnings { session.note("  note: \(warning.message)") }
    guard outcome.state == .interrupted else { return }
    session.hasToldInterruption = true
    throw .interrupted
  }
}

extension StopWatch.Stop {
  /// `"collapse" (std 0.0009)`
  fileprivate var text: String {
    "\"\(reason.shortened)\"" + (values.isEmpty ? "" : " (\(values.map { "\($0.name) \(NumberText.short($0.value))" }.joined(separator: ", ")))")
  }
}
