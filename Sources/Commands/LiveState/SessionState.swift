import Experiments

/// The live state of a session at one moment: the experiment, the statements that made it, the run that it belongs to.
struct SessionState {
  let experiment: Experiment
  let snapshot: ExperimentSnapshot
  let transcript: Transcript
  let live: SessionRecord.Entry?
  let checkpointRule: CheckpointRule
  let overrides: [String: String]

  /// Steps since `reset`.
  var position: Int { snapshot.position }
}

extension Session {
  var state: SessionState {
    SessionState(
      experiment: experiment, snapshot: experiment.snapshot, transcript: transcript, live: record.live, checkpointRule: checkpointRule,
      overrides: overrides)
  }

  /// `step 80 of run 3`, `step 0, nothing trained`: where the live state is.
  var placeText: String {
    guard experiment.position > 0 || record.live != nil else { return "step 0, nothing trained yet" }
    return "step \(experiment.position)" + (record.live.map { " of run \($0.id)" } ?? "")
  }
}
