import Graph
import Kernels
import Tensors

extension GradientCheck {
  struct Outcome {
    /// Analytic and by differences.
    let first: (analytic: Double, measured: Double)
    let second: (analytic: Double, measured: Double)
    /// A gradient came out at all.
    let hasGradient: Bool
    /// Every primitive in the graph of the function and its first gradient.
    let primitives: Set<String>
  }

  func measure() throws -> Outcome {
    let graph = Graph()
    let point = Point(self)
    let nodes = point.slots.map(graph.input)
    let function = build(graph, nodes)
    let weights = Domain.normal(function.shape.count, point.stream.substream(300))
    let loss = (function * graph.constant(weights, function.shape, identity: 0)).sum()
    let moving = point.moving.map { nodes[$0] }
    let gradients = graph.gradients(of: loss, withRespectTo: moving)
    let along = zip(point.moving, gradients).reduce(graph.scalar(0)) { sum, pair in
      guard let gradient = pair.1 else { return sum }
      return sum + (gradient * graph.constant(point.direction[pair.0], gradient.shape, identity: 1 + pair.0)).sum()
    }
    let secondGradients = graph.gradients(of: along, withRespectTo: moving)

    let value = try Program(outputs: [function], pool: .single)
    let first = try DirectionalDerivative(gradients, along: point.direction, at: point)
    let second = try DirectionalDerivative(secondGradients, along: point.secondDirection, at: point)
    let measured = point.difference(point.direction, step: step) {
      value.run()
      return value.dot(0, weights)
    }
    let secondMeasured = point.difference(point.secondDirection, step: step, of: first.value)
    return Outcome(
      first: (first.value(), measured), second: (second.value(), secondMeasured),
      hasGradient: gradients.contains { $0 != nil },
      primitives: Set(graph.reachable(from: [function] + gradients.compactMap { $0 }).compactMap(\.operationName)))
  }
}

/// Where a check is made, and along which directions.
private struct Point {
  let stream: RandomStream
  let slots: [InputSlot]
  /// The inputs that are differentiated.
  let moving: [Int]
  let direction: [[Double]]
  let secondDirection: [[Double]]
  private let start: [[Double]]

  init(_ check: GradientCheck) {
    let stream = RandomStream(seed: 0, name: check.primitive)
    self.stream = stream
    slots = check.inputs.map { InputSlot(name: "input", shape: $0.shape) }
    moving = check.inputs.indices.filter { check.inputs[$0].isDifferentiated }
    start = check.inputs.enumerated().map { $1.values(stream.substream($0)) }
    direction = check.inputs.enumerated().map { Domain.normal($1.shape.count, stream.substream(100 + $0)) }
    secondDirection = check.inputs.enumerated().map { Domain.normal($1.shape.count, stream.substream(200 + $0)) }
    move(0, direction)
  }

  /// The difference quotient of `function` along `direction`; the inputs are where they started afterwards.
  func difference(_ direction: [[Double]], step: Double, of function: () -> Double) -> Double {
    let values = [1.0, -1, 2, -2].map { multiple -> Double in
      move(multiple * step, direction)
      return function()
    }
    move(0, direction)
    return (8 * (values[0] - values[1]) - (values[2] - values[3])) / (12 * step)
  }

  private func move(_ distance: Double, _ direction: [[Double]]) {
    for (place, slot) in slots.enumerated() {
      let distance = moving.contains(place) ? distance : 0
      for i in 0..<slot.shape.count { slot.buffer.floats[i] = Float(start[place][i] + distance * direction[place][i]) }
    }
  }
}

/// Σ gradient · direction over the inputs, summed in float64.
private struct DirectionalDerivative {
  private let program: Program
  private let vectors: [[Double]]

  init(_ gradients: [Node?], along direction: [[Double]], at point: Point) throws {
    let present = zip(point.moving, gradients).filter { $0.1 != nil }
    program = try Program(outputs: present.compactMap(\.1), pool: .single)
    vectors = present.map { direction[$0.0] }
  }

  func value() -> Double {
    program.run()
    return vectors.enumerated().reduce(0) { $0 + program.dot($1.offset, $1.element) }
  }
}

extension Graph {
  fileprivate func constant(_ values: [Double], _ shape: Shape, identity: Int) -> Node {
    tensor(Tensor(shape: shape, values: values.map { Float($0) }), identity: identity)
  }
}

extension Program {
  fileprivate func dot(_ output: Int, _ weights: [Double]) -> Double {
    zip(tensor(output).values, weights).reduce(0) { $0 + Double($1.0) * Double(Float($1.1)) }
  }
}

extension Node {
  var operationName: String? {
    if case .operation(let primitive, _) = source { return type(of: primitive).name }
    return nil
  }
}

extension ThreadPool {
  /// Tests run at the same time; on one thread each they do not meet.
  static let single = ThreadPool(threadCount: 1)
}
