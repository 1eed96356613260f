import Kernels
import Tensors

/// One function of two numbers: its loop, its value in float64 (for constants), and its derivatives.
protocol BinaryFunction: Sendable {
  static var name: String { get }
  static var loop: Elementwise.BinaryLoop { get }
  /// An entry; see `Primitive.flops`.
  static var flops: Int { get }
  static func value(_ a: Double, _ b: Double) -> Double
  /// f(a, b) = f(b, a), bit for bit but for which NaN it is.
  static var isCommutative: Bool { get }
  /// ∂L/∂a and ∂L/∂b from g = ∂L/∂y, y = f(a, b), all in the result's shape (`Binary` sums them to the operand's). `a` and `b` are
  /// spread to that shape already, or scalars.
  static func pullback(a: Node, b: Node, y: Node, g: Node) -> (Node?, Node?)
}

extension BinaryFunction {
  static var isCommutative: Bool { false }
  static var flops: Int { 1 }
}

/// How an operand meets the result's shape.
enum OperandLayout: Hashable, Sendable {
  /// The shapes are equal.
  case whole
  /// One number for all elements.
  case scalar
  /// The result is [M, D], the operand [D], the same for every row.
  case row
  /// The result is [M, D], the operand [M], one number for every row.
  case column

  func operandShape(in result: Shape) -> Shape {
    switch self {
    case .whole: result
    case .scalar: .scalar
    case .row: [result[1]]
    case .column: [result[0]]
    }
  }

  /// The operand repeated to the shape of the result; scalars stay, as every operator takes them.
  func spread(_ operand: Node, to result: Shape) -> Node {
    switch self {
    case .whole, .scalar: operand
    case .row: operand.broadcast(to: result, axes: [1])
    case .column: operand.broadcast(to: result, axes: [0])
    }
  }

  /// The adjoint of `spread`.
  func gathered(_ gradient: Node) -> Node {
    switch self {
    case .whole: gradient
    case .scalar: gradient.sum()
    case .row: gradient.sum(axes: [0])
    case .column: gradient.sum(axes: [1])
    }
  }

  func addressing(columns: Int) -> Elementwise.RowAddressing {
    switch self {
    case .whole: .init(rowStep: columns, step: 1)
    case .scalar: .init(rowStep: 0, step: 0)
    case .row: .init(rowStep: 0, step: 1)
    case .column: .init(rowStep: 1, step: 0)
    }
  }
}

/// y = f(a, b), element by element. One operand at least is whole (or both are scalars, which is the same).
struct Binary<Function: BinaryFunction>: Primitive {
  let left: OperandLayout
  let right: OperandLayout

  static var name: String { Function.name }
  var isElementwise: Bool { true }

  func shape(of inputs: [Shape]) -> Shape {
    let shape = left == .whole ? inputs[0] : inputs[1]
    precondition(left == .whole || right == .whole, "\(Self.name): one operand has the shape of the result")
    precondition(
      left.operandShape(in: shape) == inputs[0] && right.operandShape(in: shape) == inputs[1],
      "\(Self.name): \(inputs[0]) does not meet \(inputs[1])")
    return shape
  }

  func flops(inputs: [Shape]) -> Int { Function.flops * max(inputs[0].count, inputs[1].count) }

  func sample(of inputs: [Shape], rows: Int) -> [Shape]? {
    inputs.shortening([left, right].indices.filter { [.whole, .column].contains([left, right][$0]) }, to: rows)
  }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    let a = left.spread(inputs[0], to: output.shape)
    let b = right.spread(inputs[1], to: output.shape)
    let (ga, gb) = Function.pullback(a: a, b: b, y: output, g: gradient)
    return [ga.map(left.gathered), gb.map(right.gathered)]
  }

  var reusableInputs: [Int] { (left == .whole ? [0] : []) + (right == .whole ? [1] : []) }

  func kernel(_ site: KernelSite) -> Kernel {
    let loop = Function.loop
    let (a, b, y, pool) = (site.inputs[0], site.inputs[1], site.output, site.pool)
    let count = site.outputShape.count
    if [left, right].allSatisfy({ $0 == .whole || $0 == .scalar }) {
      let (aStep, bStep) = (left == .whole ? 1 : 0, right == .whole ? 1 : 0)
      return { _ in Elementwise.run(loop, a, aStep, b, bStep, y, count: count, pool: pool) }
    }
    let (rows, columns) = (site.outputShape[0], site.outputShape[1])
    let (aLayout, bLayout) = (left.addressing(columns: columns), right.addressing(columns: columns))
    return { _ in Elementwise.runRows(loop, a, aLayout, b, bLayout, y, rows: rows, columns: columns, pool: pool) }
  }
}

extension Binary {
  /// For operands of equal shapes, or a scalar and anything.
  init(of a: Shape, and b: Shape) {
    left = a == b || b == .scalar ? .whole : .scalar
    right = a == b || a == .scalar ? .whole : .scalar
  }

  static func apply(_ a: Node, _ b: Node) -> Node { a.graph.apply(Binary(of: a.shape, and: b.shape), [a, b]) }
}
