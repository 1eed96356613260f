import Datasets
import Networks
import SourceText
import Syntax

/// Everything that the program of a training step is made from, apart from the numbers it starts with: two trainings with equal
/// fingerprints have the same steps.
struct StepFingerprint: Hashable {
  private let architecture: Architecture
  /// Its name, shape and counts; which images they are changes no program.
  private let dataset: String
  private let batch: Int
  private let views: Int
  private let augmentation: Augmentation
  private let isProbeOn: Bool
  private let epochs: Double
  private let profile: Profile
  /// The loss and what is tracked, with every formula of the user's written out.
  private let formulas: [String]
  /// The user's values in them.
  private let values: [String: Value]

  init(
    _ architecture: Architecture, _ dataset: ImageDataset, _ settings: ExperimentSettings, _ definitions: Definitions, loss: Definitions.Loss
  ) throws(Diagnostic) {
    self.architecture = architecture
    self.dataset = dataset.summary
    batch = settings.batch
    views = settings.views
    augmentation = settings.augmentation
    isProbeOn = settings.isProbeOn
    epochs = settings.epochs
    profile = settings.profile
    var texts = ["\(loss.mode)"]
    var names: Set<String> = []
    func add(_ expression: Expression) throws(Diagnostic) {
      let whole = try definitions.expanded(expression)
      texts.append(whole.source)
      names.formUnion(whole.everyName)
    }
    for expression in loss.expressions { try add(expression) }
    for track in definitions.tracks {
      texts.append("\(track.name) \(track.cadence) \(track.sample?.span.text ?? "")")
      try add(track.expression)
    }
    formulas = texts
    values = definitions.constants.filter { names.contains($0.key) }.mapValues(\.value)
  }
}
