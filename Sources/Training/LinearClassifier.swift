import Graph
import Networks
import Tensors

/// Softmax regression: logits = x·Wᵀ + b, with the gradient of its mean cross-entropy.
final class LinearClassifier {
  let batch: Int
  private let classes: Int
  private let features: InputSlot
  private let labels: InputSlot
  private let parameters: [Variable]
  private let velocities: [Variable]
  private let program: Program

  init(width: Int, classes: Int, batch: Int) throws(ProgramError) {
    self.batch = batch
    self.classes = classes
    features = InputSlot(name: "features", shape: [batch, width])
    labels = InputSlot(name: "labels", shape: [batch, classes])
    let weight = Variable(name: "classifier/weight", shape: [classes, width], role: .parameter)
    let bias = Variable(name: "classifier/bias", shape: [classes], role: .parameter)
    parameters = [weight, bias]
    velocities = parameters.map(SGD.velocity)
    let graph = Graph()
    let logits = graph.input(features).linear(weight: graph.variable(weight), bias: graph.variable(bias))
    let loss = crossEntropy(logits, oneHot: graph.input(labels))
    let gradients = graph.gradients(of: loss, withRespectTo: parameters.map(graph.variable))
    program = try Program(outputs: [logits] + gradients.compactMap { $0 })
  }

  func fill(_ table: FeatureTable, rows: ArraySlice<Int>) {
    labels.buffer.floats.update(repeating: 0)
    for (place, row) in rows.enumerated() {
      for column in 0..<table.width {
        features.buffer.floats[place * table.width + column] = table.values[row * table.width + column]
      }
      let label = Int(table.labels[row])
      if (0..<classes).contains(label) { labels.buffer.floats[place * classes + label] = 1 }
    }
  }

  func step(_ optimizer: SGD, rate: Double) {
    program.run(RunContext())
    for (index, (parameter, velocity)) in zip(parameters, velocities).enumerated() {
      optimizer.step(parameter, gradient: program.pointer(to: index + 1), velocity: velocity, rate: rate)
    }
  }

  /// The percentage of rows whose largest logit is their label's.
  func accuracy(on table: FeatureTable) -> Double {
    var correct = 0
    for start in stride(from: 0, to: table.count, by: batch) {
      let rows = start..<min(table.count, start + batch)
      fill(table, rows: ArraySlice(Array(rows)))
      program.run(RunContext())
      for (place, row) in rows.enumerated() {
        let logits = UnsafeBufferPointer(start: program.pointer(to: 0) + place * classes, count: classes)
        if largestIndex(logits) == Int(table.labels[row]) { correct += 1 }
      }
    }
    return table.count == 0 ? .nan : 100 * Double(correct) / Double(table.count)
  }
}
