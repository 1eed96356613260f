import Datasets
import Graph
import Networks
import SourceText
import Syntax
import Tensors
import Training

/// The live experiment: settings and definitions as typed so far, and the data, networks and trainer that they stand for, made when first needed.
public final class Experiment {
  public private(set) var settings: ExperimentSettings
  public var definitions = Definitions()
  public internal(set) var dataset: ImageDataset?
  public internal(set) var model: Model?
  public internal(set) var trainer: Trainer?
  /// Polled in long evaluations, as in training.
  public var stop: StopSignal?
  public weak var runs: (any RunLookup)?
  public var thresholds = VerdictThresholds()
  /// What weights and streams are made from: the seed of the settings, once they begin anew.
  public internal(set) var seed: UInt64
  /// Draws outside a step, by the statement that made them: a `val` that draws again gets new numbers, until `reset`, and another
  /// statement's draws do not change them.
  var draws: [String: UInt64] = [:]
  var recalculations = Recalculations()
  /// What an interrupted `train` left to do.
  var interrupted: Remainder?

  /// The rest of an interrupted run: of the loss and the data that it was begun with.
  struct Remainder {
    let plan: TrainingPlan
    let loss: String?
    let dataset: ObjectIdentifier?
  }
  private var source: BatchSource?
  /// What the snapshots of this moment share.
  var contents = VariableContents()

  public init(profile: Profile = .quick) {
    settings = ExperimentSettings(profile)
    seed = settings.seed
    definitions.moduleNames = [Model.predictorName]
  }

  /// Changes settings; what depends on them is made anew at its next use.
  public func set(_ change: (inout ExperimentSettings) -> Void) {
    change(&settings)
    source = nil
    // Before the first step nothing has begun yet; after it a new seed waits for the next `reset`.
    if position == 0, seed != settings.seed { reset() }
    definitions.moduleNames = [Model.predictorName] + settings.modules.map(\.name)
  }

  /// Takes over settings as they were, without what a change of them brings about.
  func replaceSettings(_ settings: ExperimentSettings) {
    self.settings = settings
    source = nil
  }

  /// Takes images, and what asked for them.
  public func choose(_ dataset: ImageDataset, _ request: DatasetRequest) {
    self.dataset = dataset
    set { $0.data = request }
  }

  /// Back to the beginning of the seed's streams, with initial weights.
  public func reset() {
    draws = [:]
    interrupted = nil
    seed = settings.seed
    model = nil
    trainer = nil
    source = nil
  }

  /// Goes on with a checkpoint's streams. Before the first step the seed of the settings is that of the streams.
  func begin(seed: UInt64, at position: Int) {
    self.seed = seed
    if position == 0 { settings.seed = seed }
    source = nil
  }

  /// Steps since `reset`.
  public var position: Int { trainer?.position ?? 0 }

  /// The images in use.
  ///
  /// - Throws: a diagnostic at `site` where no `data` has chosen any.
  public func requireDataset(at site: SourceSpan?) throws(Diagnostic) -> ImageDataset {
    if let dataset { return dataset }
    throw Self.noData(at: site)
  }

  static func noData(at site: SourceSpan?) -> Diagnostic {
    Diagnostic("no data has been chosen yet", at: site, hint: "`data shapes` needs no file; `data cifar10` reads CIFAR-10")
  }

  /// The networks that the settings ask for. A module whose statement has changed starts anew; the others keep their weights.
  public func requireModel(at site: SourceSpan?) throws(Diagnostic) -> Model {
    let architecture = try architecture(at: site)
    if let model, model.architecture == architecture { return model }
    let made: Model
    do {
      made = try Model(architecture, seed: seed, replacing: model)
    } catch {
      throw Diagnostic(error.message, at: site)
    }
    model = made
    if let trainer { trainer.setModules(made.modules) }
    return made
  }

  /// What the settings describe, with widths resolved.
  public func architecture(at site: SourceSpan?) throws(Diagnostic) -> Architecture {
    let dataset = try requireDataset(at: site)
    var modules: [Architecture.NamedHead] = []
    guard let projector = try head(settings.projector) else {
      throw Diagnostic("a projector cannot be `none`", at: settings.projector.span, hint: "`projector identity` passes the features on")
    }
    // What is applied to projections counts in their length, which a projector of another width has changed.
    let dim = projector.outputWidth(inputWidth: settings.encoder.featureCount)
    for (name, layers) in settings.modules {
      if let head = try head(layers, dim: dim) { modules.append(.init(name: name, head: head)) }
    }
    var architecture = Architecture(
      channels: dataset.shape.channels, height: dataset.shape.height, width: dataset.shape.width, classCount: dataset.classCount,
      encoder: settings.encoder, projector: projector, predictor: try head(settings.predictor, dim: dim),
      modules: modules)
    architecture.teacher = settings.teacher
    architecture.queue = settings.queue
    architecture.memory = settings.memory
    if settings.memory != nil {
      architecture.imageCount = dataset.train.count
      architecture.images = Architecture.ImageIdentity(dataset)
    }
    return architecture
  }

  /// Layers with their widths computed; nil for `none`. `D` is `dim`, or as set.
  public func head(_ layers: LayerFormula, dim: Int? = nil) throws(Diagnostic) -> Head? {
    let surroundings = surroundings { _ throws(Diagnostic) in
      throw Diagnostic("a width is a number known beforehand", at: layers.span, hint: "`D` and `epochs` can be used in it")
    }
    let elaboration = Elaboration(surroundings)
    let length = dim ?? settings.dim
    let dim = Meaning.number(Double(length))
    let batch = Meaning.number(Double(settings.batch))
    let resolution = HeadResolution(dim: length) { width throws(Diagnostic) in
      let meaning = try elaboration.meaning(of: width, owner: "width", bindings: ["D": dim, "M": batch])
      guard let number = meaning.constant else {
        throw Diagnostic("`\(width.span.text.shortened)` is \(meaning.kindText): a width is a number", at: width.span)
      }
      return number
    }
    return try resolution.head(layers)
  }

  /// The training batches, made anew where a setting that they depend on has changed.
  ///
  /// - Throws: a diagnostic at `site` where there are no images, or fewer than a batch.
  public func requireSource(at site: SourceSpan?) throws(Diagnostic) -> BatchSource {
    if let source { return source }
    let dataset = try requireDataset(at: site)
    do {
      let made = try BatchSource(
        split: dataset.train, normalization: dataset.normalization, batch: settings.batch, views: settings.views,
        augmentation: settings.augmentation, seed: seed)
      source = made
      return made
    } catch {
      throw Diagnostic(error.message, at: site, hint: error.hint)
    }
  }

  /// What trains the model of `requireModel`, with the optimizer as it is set.
  ///
  /// - Throws: a diagnostic at `site` where there can be no such model.
  public func requireTrainer(at site: SourceSpan?) throws(Diagnostic) -> Trainer {
    let model = try requireModel(at: site)
    let trainer = trainer ?? Trainer(modules: model.modules, seed: seed)
    trainer.optimizer = SGD(momentum: settings.momentum, decay: settings.decay)
    trainer.carried = model.carried
    self.trainer = trainer
    return trainer
  }

  func surroundings(_ makeViews: @escaping (Graph) throws(Diagnostic) -> ViewNodes) -> Elaboration.Surroundings {
    var surroundings = Elaboration.Surroundings(
      definitions: definitions, epochs: settings.epochs, profile: settings.profile.rawValue, seed: seed, makeViews: makeViews,
      runs: runs)
    surroundings.dataset = dataset?.name
    surroundings.stop = stop
    if dataset == nil { surroundings.sizesWithoutData = (settings.batch, settings.dim) }
    return surroundings
  }

  /// A program, with a refusal for what would not fit into memory in the user's words.
  static func compiled(
    _ outputs: [Node], updates: [(Variable, Node)] = [], at site: SourceSpan?
  ) throws(Diagnostic) -> Program {
    do {
      return try Program(outputs: outputs, updates: updates)
    } catch {
      throw tooLarge(error, at: site)
    }
  }

  /// - Throws: when Ctrl-C came: what was computed last may have been cut short.
  func checkInterruption(at site: SourceSpan?) throws(Diagnostic) {
    if stop?.isRequested == true { throw Self.interruption(at: site) }
  }

  static func interruption(at site: SourceSpan?) -> Diagnostic { Diagnostic(.note, "interrupted", at: site) }

  static func tooLarge(_ error: ProgramError, at site: SourceSpan?) -> Diagnostic {
    Diagnostic("\(error)", at: site, hint: "a smaller `batch` or width needs less")
  }
}
