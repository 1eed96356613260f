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

  func measure(seed: UInt64 = 0) throws -> Outcome {
    let stream = RandomStream(seed: seed, name: primitive)
    let graph = Graph()
    let slots = inputs.enumerated().map { InputSlot(name: "x\($0)", shape: $1.shape) }
    let nodes = slots.map(graph.input)
    let moving = inputs.indices.filter { inputs[$0].isDifferentiated }
    let start = inputs.enumerated().map { $1.values(stream.substream($0)) }
    let direction = inputs.enumerated().map { Domain.normal($1.shape.count, stream.substream(100 + $0)) }
    let secondDirection = inputs.enumerated().map { Domain.normal($1.shape.count, stream.substream(200 + $0)) }

    let function = build(graph, nodes)
    let weights = Domain.normal(function.shape.count, stream.substream(300))
    let loss = (function * graph.constant(weights, function.shape, identity: 0)).sum()
    let gradients = graph.gradients(of: loss, withRespectTo: moving.map { nodes[$0] })
    let along = zip(moving, gradients).reduce(graph.scalar(0)) { sum, pair in
      guard let gradient = pair.1 else { return sum }
      return sum + (gradient * graph.constant(direction[pair.0], inputs[pair.0].shape, identity: 1 + pair.0)).sum()
    }
    let secondGradients = graph.gradients(of: along, withRespectTo: moving.map { nodes[$0] })

    func program(_ outputs: [Node]) throws -> Program { try Program(outputs: outputs, pool: .single) }
    let value = try program([function])
    let gradientProgram = try program(zip(moving, gradients).map { $1 ?? graph.zeros(inputs[$0].shape) })
    let secondProgram = try program(zip(moving, secondGradients).map { $1 ?? graph.zeros(inputs[$0].shape) })

    func move(_ distance: Double, _ direction: [[Double]]) {
      for (slot, (from, towards)) in zip(slots, zip(start, direction)) {
        let isMoving = inputs[slots.firstIndex { $0 === slot } ?? 0].isDifferentiated
        for i in 0..<slot.shape.count { slot.buffer.floats[i] = Float(from[i] + (isMoving ? distance * towards[i] : 0)) }
      }
    }
    func lossValue() -> Double {
      value.run()
      return value.dot(0, weights)
    }
    func dot(_ program: Program, _ vectors: [[Double]]) -> Double {
      program.run()
      return moving.enumerated().reduce(0) { $0 + program.dot($1.offset, vectors[$1.element]) }
    }
    func difference(_ direction: [[Double]], _ function: () -> Double) -> Double {
      let values = [1.0, -1, 2, -2].map { multiple -> Double in
        move(multiple * step, direction)
        return function()
      }
      return (8 * (values[0] - values[1]) - (values[2] - values[3])) / (12 * step)
    }

    let measured = difference(direction, lossValue)
    let secondMeasured = difference(secondDirection) { dot(gradientProgram, direction) }
    move(0, direction)
    return Outcome(
      first: (dot(gradientProgram, direction), measured), second: (dot(secondProgram, secondDirection), secondMeasured),
      hasGradient: gradients.contains { $0 != nil },
      primitives: Set(graph.reachable(from: [function] + gradients.compactMap { $0 }).compactMap(\.operationName)))
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
