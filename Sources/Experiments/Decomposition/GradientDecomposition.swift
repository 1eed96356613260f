import Glibc
import Graph
import SourceText
import Syntax
import Tables
import Tensors

/// `decompose grad`: the negative gradient on a batch of vectors as s·(basic + Ge), the extra gradient Ge split into o_e and r_e
/// (Sec. 3.2–3.4 of the paper).
public struct GradientDecomposition: Sendable {
  /// `Za` or `Pa`; `za` where the loss is of the vectors before they are scaled to unit length, as VICReg's.
  public let target: String
  /// The basic gradient of the symmetric architecture: `Zb` for `Za` (Eq. 3), `Pb` for `Pa` (Eq. 4), `zb` for `za`.
  public let basic: String
  /// s, read off the graph: the coefficient of the basic gradient. nil when the basic gradient is no term of it (it came through a module): then Ge
  /// is the whole gradient.
  public let scale: Double?
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
    "component(residual(E), neggrad(decorrelation(T), T)) * fro(neggrad(decorrelation(T), T)) / fro(residual(E))"
  ]

  /// Below this an o_e or r_e is rounding, and has no direction.
  private static let nothing = 1e-5

  /// What follows, in words.
  public var sentence: String {
    let number = NumberText.short
    var parts: [String] = []
    guard extraCenter.isFinite, extraResidual.isFinite else { return "the gradient is not finite" }
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
    let sum = scale.map { "\(number($0))·(\(basic) + Ge)" } ?? "Ge   (\(basic) is no term of it: what follows is of the whole gradient)"
    // What is only rounding has a length but no direction.
    let angle = { (length: Double, value: Double) in length < Self.nothing ? "–" : number(value) }
    return """
      -∂loss/∂\(target) = \(sum)
        Ge = oe + re   ‖oe‖ \(number(extraCenter))   ‖re‖ \(number(extraResidual))
        η = \(angle(extraCenter, eta))   cos(oe, \(centerName)) \(angle(extraCenter, centerCosine))   cos(re, -∂decorrelation/∂\(target)) \(angle(extraResidual, decorrelationCosine))
        \(sentence)
      """
  }
}

extension Experiment {
  /// Of -∂loss/∂Za, and of -∂loss/∂Pa where the loss has one, else of -∂loss/∂za; of an alternating loss, of its first.
  public func decomposeGradient(
    on sample: Sample?, at site: SourceSpan
  ) throws(Diagnostic) -> (parts: [GradientDecomposition], warnings: [Diagnostic]) {
    guard definitions.loss != nil else {
      throw Diagnostic("there is no loss to decompose yet", at: site, hint: "`loss -Pa . sg(Zb)` is SimSiam's")
    }
    var parts: [GradientDecomposition] = []
    var warnings: [Diagnostic] = []
    for (target, basic, center) in [("Za", "Zb", "oz"), ("Pa", "Pb", "op"), ("za", "zb", "center(cat(za, zb))")] {
      if target == "za", !parts.isEmpty { break }
      let reading = try GradientReading(definitions.loss, self, target, at: site)
      guard let combination = reading.combination else { continue }
      // On Pa the gradient of SimSiam is written with Zb alone: Zb = Pb + (Zb - Pb), Eq. 4.
      var scale: Double?
      for name in [basic, target == "za" ? "zb" : "Zb"] where scale == nil {
        let coefficient = combination.coefficient(of: try reading.node(name))
        if abs(coefficient) > 1e-12 { scale = coefficient }
      }
      let extra = scale.map { "(neggrad(loss, \(target)) / (\($0)) - \(basic))" } ?? "neggrad(loss, \(target))"
      let pieces = try Self.formulas([extra, center, target], with: [:])
      let formulas = try Self.formulas(GradientDecomposition.formulas, with: ["E": pieces[0], "o": pieces[1], "T": pieces[2]])
      let evaluation = try evaluate(formulas, owner: "decompose", on: sample)
      let numbers = evaluation.values.map { $0.number ?? .nan }
      warnings += evaluation.warnings.filter { !warnings.contains($0) }
      parts.append(
        GradientDecomposition(
          target: target, basic: basic, scale: scale, centerName: center, extraCenter: numbers[0], extraResidual: numbers[1],
          eta: numbers[2], centerCosine: numbers[3], decorrelationCosine: numbers[4]))
    }
    guard !parts.isEmpty else { throw Diagnostic("the loss depends on neither `za` nor `pa`", at: site) }
    return (parts, warnings)
  }
}
