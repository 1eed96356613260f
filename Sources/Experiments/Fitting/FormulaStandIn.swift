import Datasets
import Graph
import Networks
import SourceText
import Syntax
import Tensors

/// The networks of an experiment in miniature, with the same names and kinds of axes: enough to say which shapes a formula has.
///
/// Completion asks at every press of Tab, perhaps before there are data, and the weights of a ResNet would be made for nothing.
struct FormulaStandIn {
  static let batch = 6
  static let dim = 16
  static let feature = 8
  private static let queue = 4
  private static let otherWidth = 5

  let elaboration: Elaboration

  init(_ experiment: Experiment) throws {
    let settings = Self.settings(experiment)
    let model = try Model(Self.architecture(experiment, settings), seed: 0, replacing: nil)
    var surroundings = experiment.surroundings { graph throws(Diagnostic) in
      StepInputs(model: model, settings: settings).views(graph, model)
    }
    surroundings.definitions = Self.definitions(experiment)
    surroundings.sizesWithoutData = (Self.batch, Self.dim)
    surroundings.dataset = surroundings.dataset ?? "shapes"
    elaboration = Elaboration(surroundings)
  }

  private static func settings(_ experiment: Experiment) -> ExperimentSettings {
    var settings = experiment.settings
    settings.encoder = .mlp([feature])
    settings.batch = batch
    settings.dim = dim
    settings.queue = settings.queue.map { _ in queue }
    return settings
  }

  private static func architecture(_ experiment: Experiment, _ settings: ExperimentSettings) -> Architecture {
    func layer(_ width: Int) -> Head { Head([.linear(width: width, bias: true)]) }
    let dimThere = experiment.settings.dim
    let modules = experiment.settings.modules.map { name, layers in
      let width = (try? experiment.head(layers))??.outputWidth(inputWidth: dimThere)
      return Architecture.NamedHead(name: name, head: layer(width == dimThere || width == nil ? dim : otherWidth))
    }
    let hasPredictor = ((try? experiment.head(experiment.settings.predictor)) ?? nil) != nil
    var architecture = Architecture(
      channels: 1, height: 2, width: 2, classCount: 2, encoder: settings.encoder, projector: layer(dim), predictor: hasPredictor ? layer(dim) : nil,
      modules: modules)
    architecture.teacher = settings.teacher
    architecture.queue = settings.queue
    architecture.memory = settings.memory
    if settings.memory != nil {
      architecture.imageCount = batch
      architecture.images = experiment.dataset.map(Architecture.ImageIdentity.init)
    }
    return architecture
  }

  /// Values keep the names of their axes, and take this miniature's extents.
  private static func definitions(_ experiment: Experiment) -> Definitions {
    var definitions = experiment.definitions
    for constant in experiment.definitions.constants.values {
      guard case .tensor(_, let shape) = constant.value else { continue }
      let axes = shape.axes.map { Axis($0.name, extent(of: $0, experiment)) }
      let small = NamedShape(axes)
      guard small.shape.count <= 4096 else { continue }
      let zeros = Tensor(shape: small.shape, values: Array(repeating: 0, count: small.shape.count))
      definitions.set(constant.name, to: .tensor(zeros, small), source: constant.source)
    }
    return definitions
  }

  private static func extent(of axis: Axis, _ experiment: Experiment) -> Int {
    switch axis.name {
    case .batch: batch
    case .dim: dim
    case .feature: feature
    case .named: axis.size == experiment.settings.dim ? dim : otherWidth
    case nil: axis.size == experiment.settings.dim ? dim : axis.size == experiment.settings.batch ? batch : axis.size
    }
  }
}
