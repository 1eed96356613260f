import Checkpoints
import Experiments
import Foundation
import RunHistory
import SourceText
import Training

extension Session {
  /// The live state with what the session knows of it: settings, and the run it belongs to.
  func checkpoint(plan: TrainingPlan? = nil, of run: String?, at site: SourceSpan?) throws(Diagnostic) -> Checkpoint {
    var checkpoint = try experiment.checkpoint(plan: plan, at: site)
    checkpoint.state.siam = SiamVersion.text
    checkpoint.state.run = run
    checkpoint.state.settings = SettingsRecord.rows(experiment).map { .init($0.name, $0.value.text) }
    return checkpoint
  }

  /// Writes the live state beside the history, as an artifact of the run.
  ///
  /// - Returns: where it is; nil where the history is in memory.
  func keepCheckpoint(of id: Int64, plan: TrainingPlan? = nil, at site: SourceSpan? = nil) throws(Diagnostic) -> String? {
    let history = try record.history()
    guard let folder = CheckpointFolder(of: history) else { return nil }
    let run = try recorded { () throws(HistoryError) in try history.record(of: id) }
    let path = folder.file(of: run, step: experiment.position)
    folder.make()
    let hash = try write(try checkpoint(plan: plan, of: run.uuid, at: site), to: path, at: site)
    try recorded { () throws(HistoryError) in
      // What a resumed run builds on must be in the record as far as it reaches.
      try history.flush()
      try history.removeArtifact(id, path: path)
      try history.addArtifact(id, kind: "checkpoint", path: path, hash: hash, step: experiment.position)
    }
    return path
  }

  /// - Returns: the file's hash.
  @discardableResult
  func write(_ checkpoint: Checkpoint, to path: String, at site: SourceSpan?) throws(Diagnostic) -> String {
    do throws(CheckpointError) {
      return try checkpoint.write(to: path)
    } catch {
      throw Diagnostic(error.message, at: site)
    }
  }

  private func recorded<Result>(_ body: () throws(HistoryError) -> Result) throws(Diagnostic) -> Result {
    do {
      return try body()
    } catch {
      throw error.diagnostic()
    }
  }

  /// Reads a checkpoint that the user names.
  func loadCheckpoint(_ path: String, called name: String, at site: SourceSpan) throws(StatementFailure) -> LoadedCheckpoint {
    do throws(CheckpointError) {
      return try LoadedCheckpoint(contentsOf: path, called: name)
    } catch {
      throw .wrong(Diagnostic(error.message, at: site))
    }
  }

  /// nil where nothing has been trained.
  func uuidOfLiveRun() throws(Diagnostic) -> String? {
    guard let run = record.live else { return nil }
    let history = try record.history()
    return try recorded { () throws(HistoryError) in try history.record(of: run.id).uuid }
  }

  /// The run that a checkpoint is of, where this history has it.
  func run(of checkpoint: LoadedCheckpoint) -> SessionRecord.Entry? {
    guard let uuid = checkpoint.state.run, let history = try? record.history(), let id = (try? history.run(uuid: uuid)).flatMap({ $0 }),
      let run = try? history.record(of: id)
    else { return nil }
    return SessionRecord.Entry(id: id, name: run.name ?? "")
  }
}
