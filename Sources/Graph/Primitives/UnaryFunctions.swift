import Foundation
import Kernels

extension Node {
  public static prefix func - (x: Node) -> Node { x.graph.apply(Unary<Negation>(), [x]) }
  public func exp() -> Node { graph.apply(Unary<Exponential>(), [self]) }
  /// The natural logarithm: -∞ at 0, NaN below.
  public func log() -> Node { graph.apply(Unary<Logarithm>(), [self]) }
  public func sqrt() -> Node { graph.apply(Unary<SquareRoot>(), [self]) }
  public func absolute() -> Node { graph.apply(Unary<AbsoluteValue>(), [self]) }
  /// max(x, 0).
  public func relu() -> Node { graph.apply(Unary<Rectifier>(), [self]) }
  public func tanh() -> Node { graph.apply(Unary<HyperbolicTangent>(), [self]) }
  public func cosine() -> Node { graph.apply(Unary<Cosine>(), [self]) }
  public func sine() -> Node { graph.apply(Unary<Sine>(), [self]) }
  /// -1, 0 or 1. No gradient passes.
  public func sign() -> Node { graph.apply(Unary<Sign>(), [self]) }
  /// 1 where x > 0, else 0. No gradient passes.
  public func positive() -> Node { graph.apply(Unary<Positive>(), [self]) }
  /// -x·log x, with 0·log 0 = 0: summed over a distribution, its entropy in nats.
  public func entropyTerms() -> Node { graph.apply(Unary<EntropyTerm>(), [self]) }
}

enum Negation: UnaryFunction {
  static let name = "negate"
  static let loop = Elementwise.negate
  static func value(_ x: Double) -> Double { -x }
  static func pullback(x: Node, y: Node, g: Node) -> Node? { -g }
}

enum Exponential: UnaryFunction {
  static let name = "exp"
  static let loop = Elementwise.exponential
  static let flops = FlopCounts.function
  static func value(_ x: Double) -> Double { Foundation.exp(x) }
  static func pullback(x: Node, y: Node, g: Node) -> Node? { g * y }
}

enum Logarithm: UnaryFunction {
  static let name = "log"
  static let loop = Elementwise.logarithm
  static let flops = FlopCounts.function
  static func value(_ x: Double) -> Double { Foundation.log(x) }
  static func pullback(x: Node, y: Node, g: Node) -> Node? { g / x }
}

/// Its derivative ½/√x is ∞ at 0, as the function's is; lengths of rows go through `rowNorms`, whose derivative is bounded.
enum SquareRoot: UnaryFunction {
  static let name = "sqrt"
  static let loop = Elementwise.sqrt
  static func value(_ x: Double) -> Double { x.squareRoot() }
  static func pullback(x: Node, y: Node, g: Node) -> Node? { g * 0.5 / y }
}

/// Its derivative at 0 is taken as 0.
enum AbsoluteValue: UnaryFunction {
  static let name = "absolute"
  static let loop = Elementwise.absolute
  static func value(_ x: Double) -> Double { abs(x) }
  static func pullback(x: Node, y: Node, g: Node) -> Node? { g * x.sign() }
}

/// Its derivative at 0 is taken as 0.
enum Rectifier: UnaryFunction {
  static let name = "relu"
  static let loop = Elementwise.relu
  static func value(_ x: Double) -> Double { x < 0 ? 0 : x }
  /// By y, which is positive where x is: so x need not be kept.
  static func pullback(x: Node, y: Node, g: Node) -> Node? { g.gated(by: y) }
}

enum HyperbolicTangent: UnaryFunction {
  static let name = "tanh"
  static let loop = Elementwise.tanh
  static let flops = FlopCounts.function
  static func value(_ x: Double) -> Double { Foundation.tanh(x) }
  static func pullback(x: Node, y: Node, g: Node) -> Node? { g * (1 - y * y) }
}

enum Cosine: UnaryFunction {
  static let name = "cosine"
  static let loop = Elementwise.cosine
  static let flops = FlopCounts.function
  static func value(_ x: Double) -> Double { Foundation.cos(x) }
  static func pullback(x: Node, y: Node, g: Node) -> Node? { -(g * x.sine()) }
}

enum Sine: UnaryFunction {
  static let name = "sine"
  static let loop = Elementwise.sine
  static let flops = FlopCounts.function
  static func value(_ x: Double) -> Double { Foundation.sin(x) }
  static func pullback(x: Node, y: Node, g: Node) -> Node? { g * x.cosine() }
}

enum Sign: UnaryFunction {
  static let name = "sign"
  static let loop = Elementwise.sign
  static func value(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : x }
  static func pullback(x: Node, y: Node, g: Node) -> Node? { nil }
}

enum Positive: UnaryFunction {
  static let name = "positive"
  static let loop = Elementwise.positive
  static func value(_ x: Double) -> Double { x > 0 ? 1 : 0 }
  static func pullback(x: Node, y: Node, g: Node) -> Node? { nil }
}

/// Its derivative -(1 + log x) is ∞ at 0, where a softmax has underflowed and multiplies it by 0: the logarithm is held at the smallest
/// normal float32 instead, so that this product is the 0 it should be, not NaN.
enum EntropyTerm: UnaryFunction {
  static let name = "entropyTerms"
  static let loop = Elementwise.entropyTerm
  static let flops = FlopCounts.function
  static func value(_ x: Double) -> Double { x == 0 ? 0 : -x * Foundation.log(x) }
  static func pullback(x: Node, y: Node, g: Node) -> Node? {
    let smallest = x.graph.scalar(Double(Float.leastNormalMagnitude))
    return -(g * (1 + x.maximum(smallest).log()))
  }
}
