import Graph
import Kernels
import Tensors

/// One row of the table of gradient checks: a primitive, the inputs it is checked on, and how closely.
///
/// The function under test is L(x) = Σ w·f(x) with fixed random weights w. Its gradient along a random direction v is compared with the
/// difference quotient of fourth order (8·(L₁ - L₋₁) - (L₂ - L₋₂))/12h, L summed in float64 from the float32 results of f. The second
/// derivative is checked in the same way, with the gradient along v in place of L.
struct GradientCheck: Sendable, CustomStringConvertible {
  /// The name in `AllPrimitives.names`.
  let primitive: String
  let inputs: [Domain]
  /// Of the difference, relative to the larger of 1 and the derivative.
  let tolerance: Double
  let step: Double
  /// The primitive has no derivative by design: every gradient is nil.
  let passesNoGradient: Bool
  let build: @Sendable (Graph, [Node]) -> Node

  init(
    _ primitive: String, _ inputs: [Domain], tolerance: Double = 2e-3, step: Double = 0.01, passesNoGradient: Bool = false,
    build: @escaping @Sendable (Graph, [Node]) -> Node
  ) {
    self.primitive = primitive
    self.inputs = inputs
    self.tolerance = tolerance
    self.step = step
    self.passesNoGradient = passesNoGradient
    self.build = build
  }

  var description: String { "\(primitive) of \(inputs.map(\.description).joined(separator: ", "))" }
}

/// Where an input is drawn from: away from kinks by more than a difference quotient reaches.
struct Domain: Sendable, CustomStringConvertible {
  enum Kind: Sendable {
    case normal
    case between(Double, Double)
    /// Of magnitude 0.3 to 1.5, either sign.
    case awayFromZero
    /// A shuffled 0.2, 0.4, 0.6 …
    case distinct
    /// X·Xᵀ/D + I, eigenvalues apart.
    case positiveDefinite
    /// Whole numbers; not differentiated.
    case rows(Int)
  }

  let kind: Kind
  let shape: Shape

  static func normal(_ shape: Shape) -> Domain { Domain(kind: .normal, shape: shape) }
  static func between(_ low: Double, _ high: Double, _ shape: Shape) -> Domain { Domain(kind: .between(low, high), shape: shape) }
  static func awayFromZero(_ shape: Shape) -> Domain { Domain(kind: .awayFromZero, shape: shape) }
  static func distinct(_ shape: Shape) -> Domain { Domain(kind: .distinct, shape: shape) }
  static func positiveDefinite(_ extent: Int) -> Domain { Domain(kind: .positiveDefinite, shape: [extent, extent]) }
  static func rows(below count: Int, _ shape: Shape) -> Domain { Domain(kind: .rows(count), shape: shape) }

  var isDifferentiated: Bool { if case .rows = kind { false } else { true } }
  var description: String { "\(shape)" }

  func values(_ stream: RandomStream) -> [Double] {
    var reader = RandomStream.Reader(stream)
    let uniform = (0..<shape.count).map { _ in Double(reader.unit()) }
    switch kind {
    case .normal: return Domain.normal(shape.count, stream)
    case .between(let low, let high): return uniform.map { low + (high - low) * $0 }
    case .awayFromZero: return uniform.enumerated().map { ($0 % 3 == 1 ? -1 : 1) * (0.3 + 1.2 * $1) }
    case .distinct: return stream.permutation(shape.count).map { 0.2 * Double($0 + 1) }
    case .rows(let count): return uniform.map { ($0 * Double(count)).rounded(.down) }
    case .positiveDefinite: return Domain.positiveDefinite(shape[0], stream)
    }
  }

  /// Sums of twelve uniform numbers: near enough to normal, and nothing of the engine's own.
  static func normal(_ count: Int, _ stream: RandomStream) -> [Double] {
    var reader = RandomStream.Reader(stream)
    return (0..<count).map { _ in (0..<12).reduce(-6.0) { sum, _ in sum + Double(reader.unit()) } }
  }

  private static func positiveDefinite(_ extent: Int, _ stream: RandomStream) -> [Double] {
    let x = normal(extent * extent, stream)
    return (0..<extent * extent).map { place in
      let (row, column) = (place / extent, place % extent)
      let dot = (0..<extent).reduce(0.0) { $0 + x[row * extent + $1] * x[column * extent + $1] }
      return dot / Double(extent) + (row == column ? 1 + 0.5 * Double(row) : 0)
    }
  }
}
