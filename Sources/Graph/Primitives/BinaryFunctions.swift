import Foundation
import Kernels

extension Node {
  /// Equal shapes, or one of them a scalar; so for all operators and functions of two operands.
  public static func + (a: Node, b: Node) -> Node { Binary<Addition>.apply(a, b) }
  public static func - (a: Node, b: Node) -> Node { Binary<Subtraction>.apply(a, b) }
  public static func * (a: Node, b: Node) -> Node { Binary<Multiplication>.apply(a, b) }
  public static func / (a: Node, b: Node) -> Node { Binary<Division>.apply(a, b) }
  /// selfᵉ, as C's `pow` has it.
  public func power(_ exponent: Node) -> Node { Binary<Power>.apply(self, exponent) }
  /// The larger; NaN when either is.
  public func maximum(_ other: Node) -> Node { Binary<Maximum>.apply(self, other) }
  public func minimum(_ other: Node) -> Node { Binary<Minimum>.apply(self, other) }
  /// self where `gate` is positive, self·0 elsewhere: self · gate.positive() in one pass. No gradient passes to `gate`.
  public func gated(by gate: Node) -> Node { Binary<Gate>.apply(self, gate) }
  /// 1 where self < other, else 0. No gradient passes through comparisons.
  public func less(_ other: Node) -> Node { Binary<Less>.apply(self, other) }
  public func lessOrEqual(_ other: Node) -> Node { Binary<LessOrEqual>.apply(self, other) }
  public func equal(_ other: Node) -> Node { Binary<Equal>.apply(self, other) }
}

enum Addition: BinaryFunction {
  static let name = "add"
  static let isCommutative = true
  static let loop = Elementwise.add
  static func value(_ a: Double, _ b: Double) -> Double { a + b }
  static func pullback(a: Node, b: Node, y: Node, g: Node) -> (Node?, Node?) { (g, g) }
}

enum Subtraction: BinaryFunction {
  static let name = "subtract"
  static let loop = Elementwise.subtract
  static func value(_ a: Double, _ b: Double) -> Double { a - b }
  static func pullback(a: Node, b: Node, y: Node, g: Node) -> (Node?, Node?) { (g, -g) }
}

enum Multiplication: BinaryFunction {
  static let name = "multiply"
  static let isCommutative = true
  static let loop = Elementwise.multiply
  static func value(_ a: Double, _ b: Double) -> Double { a * b }
  static func pullback(a: Node, b: Node, y: Node, g: Node) -> (Node?, Node?) { (g * b, g * a) }
}

enum Division: BinaryFunction {
  static let name = "divide"
  static let loop = Elementwise.divide
  static func value(_ a: Double, _ b: Double) -> Double { a / b }
  static func pullback(a: Node, b: Node, y: Node, g: Node) -> (Node?, Node?) { (g / b, -(g * y / b)) }
}

/// ∂/∂a = b·a^(b-1), written so that it is 0 for b = 0 also at a = 0; ∂/∂b = y·log a, 0 at a = 0.
enum Power: BinaryFunction {
  static let name = "power"
  static let loop = Elementwise.power
  static let flops = 2 * FlopCounts.function
  static func value(_ a: Double, _ b: Double) -> Double { Foundation.pow(a, b) }
  static func pullback(a: Node, b: Node, y: Node, g: Node) -> (Node?, Node?) {
    let zero = a.graph.scalar(0)
    let lowered = a.power(b - 1 + b.equal(zero))
    return (g * (b * lowered), g * (y * (a + a.equal(zero)).log()))
  }
}

/// Equal operands share the gradient.
enum Maximum: BinaryFunction {
  static let name = "maximum"
  static let isCommutative = true
  static let loop = Elementwise.maximum
  static func value(_ a: Double, _ b: Double) -> Double { a > b || a.isNaN ? a : b }
  static func pullback(a: Node, b: Node, y: Node, g: Node) -> (Node?, Node?) {
    let ties = 0.5 * a.equal(b)
    return (g * (b.less(a) + ties), g * (a.less(b) + ties))
  }
}

/// Equal operands share the gradient.
enum Minimum: BinaryFunction {
  static let name = "minimum"
  static let isCommutative = true
  static let loop = Elementwise.minimum
  static func value(_ a: Double, _ b: Double) -> Double { a < b || a.isNaN ? a : b }
  static func pullback(a: Node, b: Node, y: Node, g: Node) -> (Node?, Node?) {
    let ties = 0.5 * a.equal(b)
    return (g * (a.less(b) + ties), g * (b.less(a) + ties))
  }
}

enum Gate: BinaryFunction {
  static let name = "gate"
  static let loop = Elementwise.gate
  static func value(_ a: Double, _ b: Double) -> Double { b > 0 ? a : a * 0 }
  static func pullback(a: Node, b: Node, y: Node, g: Node) -> (Node?, Node?) { (g.gated(by: b), nil) }
}

enum Less: BinaryFunction {
  static let name = "less"
  static let loop = Elementwise.less
  static func value(_ a: Double, _ b: Double) -> Double { a < b ? 1 : 0 }
  static func pullback(a: Node, b: Node, y: Node, g: Node) -> (Node?, Node?) { (nil, nil) }
}

enum LessOrEqual: BinaryFunction {
  static let name = "lessOrEqual"
  static let loop = Elementwise.lessOrEqual
  static func value(_ a: Double, _ b: Double) -> Double { a <= b ? 1 : 0 }
  static func pullback(a: Node, b: Node, y: Node, g: Node) -> (Node?, Node?) { (nil, nil) }
}

enum Equal: BinaryFunction {
  static let name = "equal"
  static let isCommutative = true
  static let loop = Elementwise.equal
  static func value(_ a: Double, _ b: Double) -> Double { a == b ? 1 : 0 }
  static func pullback(a: Node, b: Node, y: Node, g: Node) -> (Node?, Node?) { (nil, nil) }
}
