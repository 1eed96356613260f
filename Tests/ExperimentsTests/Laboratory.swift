import Datasets
import Experiments
import Graph
import SourceText
import Syntax
import Tensors
import Testing
import Training

/// A small experiment: generated images, a narrow convnet, 32 dimensions, batches of 64, epochs of 8 steps.
final class Laboratory {
  static let dataset: Result<ImageDataset, DatasetError> = Result { () throws(DatasetError) in
    try DatasetRequest(kind: .shapes, train: 512, test: 128).load()
  }

  let experiment = Experiment()

  /// - Parameter text: `let`, `val`, `loss`, `track` and layers, as they are typed.
  init(_ text: String = "", change: (inout ExperimentSettings) -> Void = { _ in }) throws {
    experiment.choose(try Self.dataset.get(), DatasetRequest(kind: .shapes, train: 512, test: 128))
    experiment.set { settings in
      settings.encoder = .convnet(width: 4)
      settings.dim = 32
      settings.batch = 64
      settings.epochs = 1
      change(&settings)
    }
    try type(text)
  }

  func type(_ text: String) throws {
    for statement in try Parser.statements(of: SourceFile(name: "test", text: text), mode: .script) { try run(statement) }
  }

  private func run(_ statement: Statement) throws {
    switch statement.kind {
    case .letBinding(let name, let expression): experiment.definitions.define(name, as: expression)
    case .valBinding(let name, let expression, let sample):
      let value = try experiment.value(expression, owner: "val \(name.name)", on: sample)
      experiment.definitions.set(name.name, to: value, source: expression.source)
    case .loss(let mode, let expressions): experiment.definitions.loss = .init(mode: mode, expressions: expressions)
    case .track(let name, let expression, let cadence, let sample):
      experiment.definitions.tracks.append(.init(name: name.name, expression: expression, cadence: cadence, sample: sample))
    case .layers(let name, let layers): set(name.name, layers)
    default: Issue.record("`\(statement.keyword.name)` is for a session")
    }
  }

  private func set(_ name: String, _ layers: LayerFormula) {
    experiment.set { settings in
      switch name {
      case "projector": settings.projector = layers
      case "predictor", "h": settings.predictor = layers
      default: settings.modules.append((name, layers))
      }
    }
  }

  // MARK: Values

  func value(_ text: String, on sample: Sample? = nil) throws -> Value {
    try experiment.value(try Parser.expression(of: SourceFile(name: "test", text: text)), owner: "print", on: sample)
  }

  func number(_ text: String, on sample: Sample? = nil) throws -> Double {
    try #require(try value(text, on: sample).number)
  }

  /// Entries in order of rows.
  func floats(_ text: String, on sample: Sample? = nil) throws -> [Float] {
    switch try value(text, on: sample) {
    case .tensor(let tensor, _): return tensor.values
    case .number(let number): return [Float(number)]
    case .flag(let flag): return [flag ? 1 : 0]
    case .list(let items): return items.map { Float($0.number ?? .nan) }
    case .text, .missing: return []
    }
  }

  /// Largest difference, against the largest magnitude of the right side.
  func relativeError(_ left: String, _ right: String) throws -> Double {
    try number("max(abs(\(left) - (\(right)))) / max(abs(\(right)))")
  }

  // MARK: Training

  struct Run {
    let outcome: TrainingOutcome
    let steps: [StepRecord]
    let epochs: [EpochRecord]

    func series(_ metric: String) -> [Double] { steps.compactMap { $0.values[metric] } }
  }

  /// - Parameter limit: asks to stop after so many steps, as Ctrl-C does.
  @discardableResult
  func train(_ amount: Experiment.TrainingAmount = .usual, stopAfter limit: Int? = nil) throws -> Run {
    let site = SourceSpan(SourceFile(name: "test", text: "train"), 0..<5)
    let prepared = try experiment.prepareTraining(amount, at: site)
    let stop = StopSignal()
    var steps: [StepRecord] = []
    var epochs: [EpochRecord] = []
    let outcome = try experiment.run(prepared, stop: stop) { event in
      switch event {
      case .step(let step): steps.append(step)
      case .epoch(let epoch): epochs.append(epoch)
      }
      if steps.count == limit { stop.request() }
    }
    return Run(outcome: outcome, steps: steps, epochs: epochs)
  }

  // MARK: State

  /// Every parameter of a module.
  func parameters(_ module: String) throws -> [[Float]] {
    let site = SourceSpan(SourceFile(name: "test", text: "model"), 0..<5)
    let model = try experiment.requireModel(at: site)
    return try #require(model.module(named: module)).parameters.map { Array($0.buffer.floats) }
  }

  /// Image numbers and pixels of both views of a step.
  func batch(_ step: Int) throws -> (indices: [Int32], views: [[Float]]) {
    let source = try experiment.requireSource(at: nil)
    let views = (0..<source.views).map { _ in Buffer(count: source.batch * source.shape.valueCount) }
    var indices = [Int32](repeating: -1, count: source.batch)
    indices.withUnsafeMutableBufferPointer { source.fill(step: step, images: views.map(\.pointer), indices: $0.baseAddress) }
    return (indices, views.map { Array($0.floats) })
  }
}
