import Graph
import Kernels
import Tensors

/// Graphs made at random of a few shapes, with the patterns that simplification looks for: neutral constants, repeated scalars, chains of
/// factors, double negations and transposes.
struct RandomGraph {
  let graph = Graph()
  private(set) var matrices: [Node]
  private(set) var vectors: [Node]
  private(set) var scalars: [Node]
  private var reader: RandomStream.Reader

  init(seed: UInt64, size: Int) {
    reader = RandomStream.Reader(RandomStream(seed: seed, name: "graph"))
    let graph = graph
    func leaf(_ shape: Shape, _ identity: Int) -> Node {
      let values = Domain.normal(shape.count, RandomStream(seed: seed, name: "leaf").substream(identity))
      return graph.tensor(Tensor(shape: shape, values: values.map { Float($0) }), identity: identity)
    }
    matrices = [leaf([3, 20], 0), leaf([3, 20], 1), leaf([3, 20], 2)]
    vectors = [leaf([20], 3), leaf([20], 4)]
    scalars = [0, 1, -1, 2, 0.5].map(graph.scalar) + [leaf([], 5)]
    for _ in 0..<size { grow() }
  }

  /// A few of each kind, the last ones among them.
  mutating func outputs() -> [Node] {
    [matrices, vectors, scalars].flatMap { nodes in [nodes[nodes.count - 1], pick(nodes), pick(nodes)] }
  }

  private mutating func grow() {
    let (a, b, v, s) = (pick(matrices), pick(matrices), pick(vectors), pick(scalars))
    let shape = a.shape
    switch reader.index(below: 24) {
    case 0: matrices.append(a + b)
    case 1: matrices.append(a - b)
    case 2: matrices.append((a * b).tanh())
    case 3: matrices.append((a * s).tanh())
    case 4: matrices.append(s - a)
    case 5: matrices.append(-a)
    case 6: matrices.append(a + s.broadcast(to: shape, axes: []))
    case 7: matrices.append(s.broadcast(to: shape, axes: []) * a)
    case 8: matrices.append(a - v.broadcast(to: shape, axes: [1]))
    case 9: matrices.append((a.transposed() * s).transposed())
    case 10: matrices.append(a.matmul(b.transposed()).matmul(b).tanh())
    case 11: matrices.append(a.maximum(b).stopGradient())
    case 12: matrices.append(a.reshaped([shape.count]).reshaped([1, shape.count]).reshaped(shape) / 2)
    case 13: matrices.append(s.broadcast(to: shape, axes: []).tanh())
    case 14: matrices.append(a.softmaxRows())
    case 15: matrices.append(graph.concatenate([a.rows(1..<shape[0]), a.rows(0..<1)]))
    case 16: matrices.append(v.broadcast(to: shape, axes: [1]))
    case 17: vectors.append(a.mean(axes: [0]))
    case 18: vectors.append((v * 2 * s / 4).tanh())
    case 19: vectors.append((v + a.row(0)).power(graph.scalar(2)).tanh())
    case 20: vectors.append((-v).absolute() * -1)
    case 21: scalars.append((s * v).mean().tanh())
    case 22: scalars.append((a * 3).sum().tanh())
    default: scalars.append((s * pick(scalars) - pick(scalars)).tanh())
    }
  }

  private mutating func pick(_ nodes: [Node]) -> Node {
    // Half the time among the newest, so that chains get long.
    let recent = min(4, nodes.count)
    return reader.unit() < 0.5 ? nodes[nodes.count - 1 - reader.index(below: recent)] : nodes[reader.index(below: nodes.count)]
  }
}

/// Every operation of a graph as a program of its own on plain arrays: nothing to simplify, no memory to share.
enum Interpreter {
  static func values(of roots: [Node]) throws -> [Tensor] {
    guard let graph = roots.first?.graph else { return [] }
    var values: [Int: Tensor] = [:]
    for node in graph.reachable(from: roots) { values[node.id] = try value(of: node, values) }
    return roots.compactMap { values[$0.id] }
  }

  private static func value(of node: Node, _ values: [Int: Tensor]) throws -> Tensor? {
    switch node.source {
    case .scalar(let value): return Tensor(Float(value))
    case .tensor(let value, _): return value
    case .variable(let variable): return Tensor(shape: variable.shape, values: Array(variable.buffer.floats))
    case .input(let slot): return Tensor(shape: slot.shape, values: Array(slot.buffer.floats))
    case .operation(let primitive, let inputs):
      let graph = Graph()
      let leaves = inputs.enumerated().compactMap { place, input in values[input.id].map { graph.tensor($0, identity: place) } }
      let program = try Program(outputs: [graph.apply(primitive, leaves)], pool: .single)
      program.run()
      return program.tensor(0)
    }
  }
}

/// A program's results, once run.
func results(_ outputs: [Node], pool: ThreadPool = .single, sharesMemory: Bool = true) throws -> [Tensor] {
  let program = try Program(outputs: outputs, pool: pool, sharesMemory: sharesMemory)
  program.run()
  return outputs.indices.map(program.tensor)
}
