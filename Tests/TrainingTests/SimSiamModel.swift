import Datasets
import Graph
import Kernels
import Networks
import Tensors
import Training

/// A small SimSiam model and its step, put together by hand: what Experiments makes of `loss -Pa . sg(Zb)`.
struct SimSiamModel {
  static let dim = 16

  let encoder: Module
  let projector: Module
  let predictor: Module
  let probe: Module
  let batch: Int
  let shape: ImageShape

  var modules: [Module] { [encoder, projector, predictor, probe] }

  init(
    seed: UInt64 = 0, batch: Int = 16, classes: Int = 4, shape: ImageShape = ImageShape(channels: 3, height: 8, width: 8)
  ) throws {
    self.batch = batch
    self.shape = shape
    encoder = try Module(
      name: "encoder", encoder: .convnet(width: 4), channels: shape.channels, height: shape.height, width: shape.width, seed: seed
    )
    let dim = SimSiamModel.dim
    projector = try Module(
      name: "projector",
      head: Head([
        .linear(width: dim, bias: true), .batchNorm(affine: true), .relu, .linear(width: dim, bias: true),
        .batchNorm(affine: true),
        .relu, .linear(width: dim, bias: true), .batchNorm(affine: true)
      ]), inputWidth: encoder.outputWidth, seed: seed)
    predictor = try Module(
      name: "h",
      head: Head([.linear(width: dim / 4, bias: true), .batchNorm(affine: true), .relu, .linear(width: dim, bias: true)]),
      inputWidth: dim, seed: seed)
    probe = try Module(
      name: "probe", head: Head([.linear(width: classes, bias: true)]), inputWidth: encoder.outputWidth, seed: seed)
  }

  /// What a step's loss is.
  enum Loss {
    case simSiam
    case naive
    /// Not finite from the first step on.
    case broken
    /// Finite, with a gradient that is not: ∂√x/∂x at 0.
    case brokenGradient
    /// -Za . sg(Zb): the predictor is out of reach.
    case withoutPredictor
  }

  /// Both views through the model, the loss, all gradients, the metrics, the online probe.
  ///
  /// - Parameter records: false leaves the metrics out.
  func step(_ kind: Loss = .simSiam, records: Bool = true) throws -> StepProgram {
    let imageShape: Shape = [batch, shape.channels, shape.height, shape.width]
    let slots = ["xa", "xb"].map { InputSlot(name: $0, shape: imageShape) }
    let labels = InputSlot(name: "labels", shape: [batch, probe.outputWidth])
    let permutation = InputSlot(name: "Zn", shape: [batch])
    let graph = Graph()
    let views = slots.map { View(of: graph.input($0), in: self) }
    let (a, b) = (views[0], views[1])
    let loss = SimSiamModel.loss(kind, a, b)
    let probed = probe.apply(to: a.features.stopGradient(), mode: .training).output
    let total = loss + crossEntropy(probed, oneHot: graph.input(labels))
    let parameters = modules.flatMap(\.parameters)
    let gradients = zip(parameters, graph.gradients(of: total, withRespectTo: parameters.map(graph.variable)))
    let reached = gradients.compactMap { parameter, gradient in gradient.map { (variable: parameter, node: $0) } }
    let metrics = RowMetrics.nodes(a.unitZ, b.unitZ) + RowMetrics.nodes(a.unitP, b.unitP, suffix: "_p")
    let negatives = a.unitZ.gatherRows(index: graph.input(permutation))
    let similarity = (b.unitZ * negatives).sum(axes: [1]).mean()
    // A draw of the step itself, recorded, so that a wrong step counter shows.
    let draw = graph.normal([4], stream: RandomStream(seed: 1, name: "draw")).sum()
    let statistics = views.flatMap(\.statistics)
    let recorded = records ? [a.unitZ, similarity, draw] + metrics.map(\.node) : []
    return StepProgram(
      program: try Program(outputs: [loss] + recorded + reached.map(\.node), updates: runningUpdates(statistics)),
      images: slots, labels: labels, permutation: permutation, loss: 0,
      gradients: reached.enumerated().map { ($1.variable, 1 + recorded.count + $0) },
      metrics: records ? [("zn", 2), ("draw", 3)] + metrics.enumerated().map { ($1.name, 4 + $0) } : [],
      spaces: [JudgedSpace(name: "Z", dimension: SimSiamModel.dim)], embeddings: records ? 1 : nil)
  }

  /// The probe's logits in evaluation statistics.
  func evaluation(batch: Int = 24) throws -> EvaluationProgram {
    let slot = InputSlot(name: "x", shape: [batch, shape.channels, shape.height, shape.width])
    let graph = Graph()
    let features = encoder.apply(to: graph.input(slot), mode: .evaluation).output
    let logits = probe.apply(to: features, mode: .evaluation).output
    return EvaluationProgram(program: try Program(outputs: [logits]), images: slot, output: 0, width: probe.outputWidth)
  }

  private static func loss(_ kind: Loss, _ a: View, _ b: View) -> Node {
    switch kind {
    case .simSiam: 0.5 * cosine(a.unitP, b.unitZ.stopGradient()) + 0.5 * cosine(b.unitP, a.unitZ.stopGradient())
    case .naive: cosine(a.unitZ, b.unitZ)
    case .withoutPredictor: cosine(a.unitZ, b.unitZ.stopGradient())
    case .broken: cosine(a.unitP, b.unitZ.stopGradient()) + (a.z.sum() * 0).log()
    case .brokenGradient: cosine(a.unitP, b.unitZ.stopGradient()) + (a.z * 0).sum().sqrt()
    }
  }

  /// -x·y, averaged over the batch.
  private static func cosine(_ x: Node, _ y: Node) -> Node { -(x * y).sum(axes: [1]).mean() }

  private struct View {
    let features: Node
    let z: Node
    let unitZ: Node
    let unitP: Node
    let statistics: [BatchStatistics]

    init(of images: Node, in model: SimSiamModel) {
      let encoded = model.encoder.apply(to: images, mode: .training)
      let projected = model.projector.apply(to: encoded.output, mode: .training)
      let predicted = model.predictor.apply(to: projected.output, mode: .training)
      features = encoded.output
      z = projected.output
      unitZ = z.normalizedRows()
      unitP = predicted.output.normalizedRows()
      statistics = encoded.statistics + projected.statistics + predicted.statistics
    }
  }
}
