import Kernels
import Tensors

/// One function of one number: its loop, its value in float64 (for constants), and its derivative.
protocol UnaryFunction: Sendable {
  static var name: String { get }
  static var loop: Elementwise.UnaryLoop { get }
  /// An entry; see `Primitive.flops`.
  static var flops: Int { get }
  static func value(_ x: Double) -> Double
  /// ∂L/∂x from g = ∂L/∂y, y = f(x).
  static func pullback(x: Node, y: Node, g: Node) -> Node?
}

extension UnaryFunction {
  static var flops: Int { 1 }
}

/// y = f(x), element by element; any shape.
struct Unary<Function: UnaryFunction>: Primitive {
  static var name: String { Function.name }
  var isElementwise: Bool { true }

  func shape(of inputs: [Shape]) -> Shape { inputs[0] }
  func flops(inputs: [Shape]) -> Int { Function.flops * inputs[0].count }
  func sample(of inputs: [Shape], rows: Int) -> [Shape]? { inputs.shortening([0], to: rows) }

  func pullback(inputs: [Node], output: Node, gradient: Node) -> [Node?] {
    [Function.pullback(x: inputs[0], y: output, g: gradient)]
  }

  var reusableInputs: [Int] { [0] }

  func kernel(_ site: KernelSite) -> Kernel {
    let loop = Function.loop
    let x = site.inputs[0]
    let y = site.output
    let count = site.outputShape.count
    let pool = site.pool
    return { _ in Elementwise.run(loop, x, y, count: count, pool: pool) }
  }
}
