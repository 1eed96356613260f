import Datasets
import Graph
import SourceText
import Training

/// The live state at one moment: settings, definitions, networks with weights and running statistics, velocities, what is carried from step to step,
/// the place in every stream, and what an interrupted `train` left.
public struct ExperimentSnapshot {
  fileprivate let settings: ExperimentSettings
  fileprivate let definitions: Definitions
  fileprivate let dataset: ImageDataset?
  fileprivate let model: Model?
  fileprivate let averages: RunningAverages.State?
  fileprivate let trainer: Trainer?
  fileprivate let training: Trainer.State?
  fileprivate let seed: UInt64
  fileprivate let draws: [String: UInt64]
  fileprivate let interrupted: Experiment.Remainder?
  fileprivate let thresholds: VerdictThresholds
  fileprivate let contents: VariableContents

  /// Steps since `reset`.
  public var position: Int { training?.position ?? 0 }

  /// What it holds beside the live state: 0 until something is trained after it. Snapshots of one moment share it.
  public var byteCount: Int { contents.byteCount }
  /// Tells whether two snapshots share what they hold.
  public var storage: ObjectIdentifier { ObjectIdentifier(contents) }
}

extension Experiment {
  public var snapshot: ExperimentSnapshot {
    contents.note((trainer?.variables() ?? []) + (model?.variables ?? []))
    return ExperimentSnapshot(
      settings: settings, definitions: definitions, dataset: dataset, model: model, averages: model?.averages.state, trainer: trainer,
      training: trainer?.state, seed: seed, draws: draws, interrupted: interrupted, thresholds: thresholds, contents: contents)
  }

  /// Makes a snapshot of this experiment the live state: what is trained from here on equals, bit for bit, what was trained from there.
  public func restore(_ snapshot: ExperimentSnapshot) {
    keepContents()
    replaceSettings(snapshot.settings)
    definitions = snapshot.definitions
    (dataset, model, trainer) = (snapshot.dataset, snapshot.model, snapshot.trainer)
    (seed, draws, interrupted, thresholds) = (snapshot.seed, snapshot.draws, snapshot.interrupted, snapshot.thresholds)
    if let state = snapshot.averages { model?.averages.state = state }
    // A module that went on in another model kept its teacher and memory there, under other settings.
    model?.takeMomenta()
    if let state = snapshot.training { trainer?.state = state }
    snapshot.contents.putBack()
    contents = snapshot.contents
  }

  /// Called before anything writes into the live variables: snapshots taken until now keep what these hold.
  func keepContents() {
    // Where no snapshot holds it, there is nobody to keep it for.
    if !isKnownUniquelyReferenced(&contents) { contents.keep() }
    contents = VariableContents()
  }

  /// What `keepContents` will take.
  var bytesToKeep: Int { isKnownUniquelyReferenced(&contents) ? 0 : contents.missingBytes }

  /// - Throws: where the numbers of now could not be kept beside those that take their place.
  public func requireRoomToKeep(at site: SourceSpan?) throws(Diagnostic) {
    try requireRoom(bytesToKeep, for: "to keep the weights of now as well", at: site)
  }

  func requireRoom(_ bytes: Int, for purpose: String, at site: SourceSpan?) throws(Diagnostic) {
    guard let shortage = MemoryRoom.shortage(of: bytes) else { return }
    throw Diagnostic("\(purpose) takes at least \(shortage)", at: site, hint: "a smaller `batch` or width needs less")
  }
}
