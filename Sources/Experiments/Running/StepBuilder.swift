import Graph
import Networks
import SourceText
import Syntax
import Tensors
import Training

/// Compiles a loss into the program of one training step: gradients of every trained parameter, the online probe, the metrics, and the
/// running statistics.
struct StepBuilder {
  let model: Model
  let settings: ExperimentSettings
  let surroundings: Elaboration.Surroundings

  /// A compiled step, and the elaboration that it came from (for warnings).
  struct Step {
    let program: StepProgram
    let elaboration: Elaboration
  }

  /// - Parameter index: which expression of an alternating loss.
  func step(_ loss: Definitions.Loss, _ index: Int) throws(Diagnostic) -> Step {
    let inputs = StepInputs(model: model, settings: settings)
    var surroundings = surroundings
    surroundings.makeViews = { graph in inputs.views(graph, model) }
    let elaboration = Elaboration(surroundings)
    elaboration.beginsAverages = true
    let graph = elaboration.graph
    let node = try elaboration.trainingLoss(loss, index)
    let views = try elaboration.requireViews()

    let carried = carried(views)
    // Statistics so far are those of the loss; what metrics apply beside it must not count twice.
    let updates = runningUpdates(views.statistics)
    let probe = settings.isProbeOn ? probeLoss(graph, views, inputs) : nil
    let gradients = gradients(of: node, probe, graph)
    guard gradients.contains(where: { !$0.isProbe }) else { throw unreached(loss.expressions[index]) }

    let spaces = judgedSpaces(elaboration, loss.expressions[index])
    var metrics = spaces.flatMap { space in RowMetrics.nodes(space.a, space.b, suffix: space.suffix) }
    metrics += try tracked(elaboration, cadence: .step)
    let embeddings = spaces.first.map { graph.concatenate([$0.a, $0.b]) }

    // A metric may keep a running average too.
    let kept = carried + elaboration.averages.map { (state: $0.average as any CarriedState, node: $0.next as Node?) }
    var outputs: [Node] = []
    func output(_ node: Node) -> Int {
      outputs.append(node)
      return outputs.count - 1
    }
    let lossOutput = output(node)
    let gradientOutputs = gradients.map { (variable: $0.variable, output: output($0.node)) }
    let metricOutputs = metrics.map { (name: $0.name, output: output($0.node)) }
    let states = kept.map { (state: $0.state, output: $0.node.map(output)) }
    let embeddingOutput = embeddings.map(output)
    let program = try Experiment.compiled(outputs, updates: updates, at: loss.expressions[index].span)
    let step = StepProgram(
      program: program, images: inputs.images, labels: probe == nil ? nil : inputs.labels, permutation: elaboration.permutation,
      loss: lossOutput, gradients: gradientOutputs, metrics: metricOutputs,
      spaces: spaces.map { JudgedSpace(name: $0.name, dimension: $0.a.shape[1], suffix: $0.suffix) },
      carried: states, embeddings: embeddingOutput)
    return Step(program: step, elaboration: elaboration)
  }

  /// What the model carries from step to step, with what each keeps of this one.
  private func carried(_ views: ViewNodes) -> [(state: any CarriedState, node: Node?)] {
    var states: [(state: any CarriedState, node: Node?)] = []
    if let teacher = model.teacher { states.append((teacher, nil)) }
    if let queue = model.queue { states.append((queue, views.keys)) }
    if let memory = model.memory { states.append((memory, views.keptMemories)) }
    return states
  }

  private struct ParameterGradient {
    let variable: Variable
    let node: Node
    let isProbe: Bool
  }

  /// Parameters that the loss does not reach have no gradient, and are left alone.
  private func gradients(of loss: Node, _ probe: Node?, _ graph: Graph) -> [ParameterGradient] {
    let parameters = model.modules.filter { $0.name != Model.probeName }.flatMap(\.parameters)
    var found = pairs(parameters, of: loss, graph, isProbe: false)
    if let probe { found += pairs(model.probe.parameters, of: probe, graph, isProbe: true) }
    return found
  }

  private func pairs(_ parameters: [Variable], of loss: Node, _ graph: Graph, isProbe: Bool) -> [ParameterGradient] {
    let gradients = graph.gradients(of: loss, withRespectTo: parameters.map { graph.variable($0) })
    return zip(parameters, gradients).compactMap { parameter, gradient in
      gradient.map { ParameterGradient(variable: parameter, node: $0, isProbe: isProbe) }
    }
  }

  /// Cross-entropy of the online probe on the features of the first two views, which get no gradient from it.
  private func probeLoss(_ graph: Graph, _ views: ViewNodes, _ inputs: StepInputs) -> Node {
    let labels = graph.input(inputs.labels)
    let losses = (1...min(2, views.viewCount)).map { view in
      crossEntropy(views.apply(model.probe, to: views.features(view).stopGradient()), oneHot: labels)
    }
    return losses.dropFirst().reduce(losses[0], +) * (1 / Double(losses.count))
  }

  private struct Space {
    let name: String
    let suffix: String
    let a: Node
    let b: Node
  }

  /// Z always; P beside it where the loss is on P.
  private func judgedSpaces(_ elaboration: Elaboration, _ loss: Expression) -> [Space] {
    guard let views = elaboration.views, views.viewCount >= 2 else { return [] }
    var spaces = [
      Space(name: "Z", suffix: "", a: views.projections(1).normalizedRows(), b: views.projections(2).normalizedRows())
    ]
    let isOnPredictions = !elaboration.allNames(in: loss).isDisjoint(with: ["pa", "pb", "Pa", "Pb", Model.predictorName])
    if isOnPredictions, let a = views.predictions(1), let b = views.predictions(2) {
      spaces.append(Space(name: "P", suffix: "_p", a: a.normalizedRows(), b: b.normalizedRows()))
    }
    return spaces
  }

  private func tracked(
    _ elaboration: Elaboration, cadence: Statement.Cadence
  ) throws(Diagnostic) -> [(name: String, node: Node)] {
    var nodes: [(name: String, node: Node)] = []
    for track in surroundings.definitions.tracks where track.cadence == cadence {
      let meaning = try elaboration.meaning(of: track.expression, owner: "track \(track.name)")
      let operand = try elaboration.array(meaning, at: track.expression.span)
      guard operand.shape.rank == 0 else { throw Experiment.noMetric(track.expression, operand.shape.description) }
      nodes.append((track.name, operand.node))
    }
    return nodes
  }

  private func unreached(_ expression: Expression) -> Diagnostic {
    Diagnostic(
      "`\(expression.span.text.shortened)` reaches no parameter: there is nothing to train", at: expression.span,
      hint: "`sg(…)` stops the gradient; one side must be without it")
  }
}

/// The slots that a step fills.
final class StepInputs {
  let images: [InputSlot]
  let labels: InputSlot

  init(model: Model, settings: ExperimentSettings) {
    let input = model.encoder.inputShape
    let shape = Shape([settings.batch] + input.extents)
    images = (1...max(1, settings.views)).map { InputSlot(name: "view \($0)", shape: shape) }
    labels = InputSlot(name: "labels", shape: [settings.batch, model.architecture.classCount])
  }

  func views(_ graph: Graph, _ model: Model) -> ViewNodes {
    ViewNodes(graph: graph, model: model, mode: .training, rows: images[0].shape[0], origin: .images(images))
  }
}
