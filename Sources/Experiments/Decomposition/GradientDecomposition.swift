import Glibc
import Graph
import SourceText
import Syntax
import Tables
import Tensors

/// `decompose grad`: the negative gradient on a batch of vectors as s·(basic + Ge), the extra gradient Ge split into o_e and r_e
/// (Sec. 3.2–3.4 of the paper).
public struct GradientDecomposition: Sendable {
  /// `Za` or `Pa`.
  public let target: String
  /// The basic gradient of the symmetric architecture: `Zb` for `Za` (Eq. 3), `Pb` for `Pa` (Eq. 4).
  public let basic: String
  /// s; exact when the gradient contains the basic one literally, else the least-squares coefficient.
  public let scale: Double
  public let isScaleExact: Bool
  public let centerName: String
  /// ‖o_e‖ and root mean square ‖r_e‖.
  public let extraCenter: Double
  public let extraResidual: Double
  /// The coefficient of o_z (o_p) in o_e: the zero crossing of Fig. 5a.
  public let eta: Double
  /// cos(o_e, o).
  public let centerCosine: Double
  /// Cosine of r_e with the negative gradient of Algorithm 6, -∂decorrelation/∂Z (Fig. 5c).
  public let decorrelationCosine: Double

  static let formulas = [
    "norm(center(E))", "sqrt(mean(norm(residual(E))^2))", "component(center(E), o)", "cos(center(E), o)",
    "component(residual(E), neggrad(decorrelation(T), T)) * fro(neggrad(decorrelation(T), T)) / fro(residual(E))",
  ]

  /// Where s comes from.
  enum Scale: Hashable {
    case exact(Double)
    /// The basic gradient is not a term of the gradient.
    case fitted
  }

  /// Below this an o_e or r_e is rounding, and has no direction.
  private static let nothing = 1e-5

  /// What follows, in words.
  public var sentence: String {
    let number = NumberText.short
    var parts: [String] = []
    if extraCenter < Self.nothing && extraResidual < Self.nothing { return "no extra gradient: only the basic one" }
    if extraCenter < Self.nothing {
      parts.append("no extra center: nothing de-centers")
    } else if eta < -0.02 {
      parts.append("de-centers: η = \(number(eta))")
    } else if eta > 0.02 {
      parts.append("pulls toward the center, which favours collapse: η = \(number(eta))")
    } else {
      parts.append("neutral to the center: η = \(number(eta))")
    }
    if extraResidual < Self.nothing {
      parts.append("no extra residual")
    } else if decorrelationCosine > 0.2 {
      parts.append("de-correlates: cosine \(number(decorrelationCosine)) with Algorithm 6")
    } else {
      parts.append("does not de-correlate: cosine \(number(decorrelationCosine)) with Algorithm 6")
    }
    return parts.joined(separator: "; ")
  }

  public var text: String {
    let number = NumberText.short
    let sum = "\(number(scale))·(\(basic) + Ge)"
    // What is only rounding has a length but no direction.
    let angle = { (length: Double, value: Double) in length < Self.nothing ? "–" : number(value) }
    return """
      -∂loss/∂\(target) = \(sum)\(isScaleExact ? "" : "   s fitted: \(basic) is not written in it")
        Ge = oe + re   ‖oe‖ \(number(extraCenter))   ‖re‖ \(number(extraResidual))
        η = \(angle(extraCenter, eta))   cos(oe, \(centerName)) \(angle(extraCenter, centerCosine))   cos(re, -∂decorrelation/∂\(target)) \(angle(extraResidual, decorrelationCosine))
        \(sentence)
      """
  }
}

extension Experiment {
  /// Of -∂loss/∂Za, and of -∂loss/∂Pa where the loss has one.
  public func decomposeGradient(on sample: Sample?, at site: SourceSpan) throws(Diagnostic) -> [GradientDecomposition] {
    guard definitions.loss != nil else {
      throw Diagnostic("there is no loss to decompose yet", at: site, hint: "`loss -Pa . sg(Zb)` is SimSiam's")
    }
    var results: [GradientDecomposition] = []
    for (target, basic, center) in [("Za", "Zb", "oz"), ("Pa", "Pb", "op")] {
      guard let scale = try structuralScale(target, basic, at: site) else { continue }
      let texts = ["neggrad(loss, \(target))", basic, center, target]
      var expressions: [Expression] = []
      for text in texts { expressions.append(try Parser.expression(of: SourceFile(name: "decompose grad", text: text))) }
      let values = try evaluate(expressions, owner: "decompose", on: sample).values
      results.append(try GradientDecomposition(target: target, basic: basic, center: center, scale: scale, values: values))
    }
    guard !results.isEmpty else { throw Diagnostic("the loss depends on neither `Za` nor `Pa`", at: site) }
    return results
  }

  /// The coefficient of the basic gradient in the negative gradient, read off the graph; nil where the loss has no such gradient.
  private func structuralScale(
    _ target: String, _ basic: String, at site: SourceSpan
  ) throws(Diagnostic) -> GradientDecomposition.Scale? {
    let reading = try GradientReading(definitions.loss, self, target, at: site)
    guard let combination = reading.combination else { return nil }
    for name in [basic, "Zb"] {
      let coefficient = combination.coefficient(of: try reading.node(name))
      if abs(coefficient) > 1e-12 { return .exact(coefficient) }
    }
    return .fitted
  }
}

extension GradientDecomposition {
  fileprivate init(target: String, basic: String, center: String, scale: Scale, values: [Value]) throws(Diagnostic) {
    guard case .tensor(let gradient, let shape) = values[0], case .tensor(let base, _) = values[1],
      case .tensor(let mean, let meanShape) = values[2], case .tensor(let rows, _) = values[3]
    else { throw Diagnostic("the gradient has no rows", at: nil) }
    let s: Double
    switch scale {
    case .exact(let coefficient): s = coefficient
    case .fitted: s = Self.component(of: gradient, along: base)
    }
    let extra = Tensor(
      shape: gradient.shape, values: zip(gradient.values, base.values).map { Float(Double($0) / s - Double($1)) })
    let numbers = try Experiment.measure(
      Self.formulas, of: ["E": (extra, shape), "o": (mean, meanShape), "T": (rows, shape)]
    ).map { $0.number ?? .nan }
    self.init(
      target: target, basic: basic, scale: s, isScaleExact: scale != .fitted, centerName: center, extraCenter: numbers[0],
      extraResidual: numbers[1], eta: numbers[2], centerCosine: numbers[3], decorrelationCosine: numbers[4])
  }

  private static func component(of x: Tensor, along y: Tensor) -> Double {
    var product = 0.0
    var square = 0.0
    for (a, b) in zip(x.values, y.values) {
      product += Double(a) * Double(b)
      square += Double(b) * Double(b)
    }
    return product / square
  }
}
