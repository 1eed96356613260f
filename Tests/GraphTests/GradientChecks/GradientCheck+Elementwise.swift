import Graph

extension GradientCheck {
  static let elementwise: [GradientCheck] = functionsOfOne + functionsOfTwo

  private static let functionsOfOne: [GradientCheck] = [
    GradientCheck("negate", [.normal([3, 5])]) { -$1[0] },
    GradientCheck("exp", [.normal([3, 5])]) { $1[0].exp() },
    GradientCheck("log", [.between(0.5, 2, [3, 5])]) { $1[0].log() },
    GradientCheck("sqrt", [.between(0.5, 2, [3, 5])]) { $1[0].sqrt() },
    GradientCheck("absolute", [.awayFromZero([3, 5])]) { $1[0].absolute() },
    GradientCheck("relu", [.awayFromZero([3, 5])]) { $1[0].relu() },
    GradientCheck("tanh", [.normal([3, 5])]) { $1[0].tanh() },
    GradientCheck("cosine", [.normal([3, 5])]) { $1[0].cosine() },
    GradientCheck("sine", [.normal([3, 5])]) { $1[0].sine() },
    GradientCheck("sign", [.awayFromZero([3, 5])], passesNoGradient: true) { $1[0].sign() },
    GradientCheck("positive", [.awayFromZero([3, 5])], passesNoGradient: true) { $1[0].positive() },
    GradientCheck("entropyTerms", [.between(0.1, 1, [3, 5])]) { $1[0].entropyTerms() }
  ]

  private static let functionsOfTwo: [GradientCheck] = [
    GradientCheck("add", [.normal([3, 5]), .normal([3, 5])]) { $1[0] + $1[1] },
    GradientCheck("add", [.normal([3, 5]), .normal([])]) { $1[0] + $1[1] },
    GradientCheck("add", [.normal([3, 5]), .normal([5])]) { $1[0].addingRow($1[1]) },
    GradientCheck("subtract", [.normal([3, 5]), .normal([3, 5])]) { $1[0] - $1[1] },
    GradientCheck("subtract", [.normal([]), .normal([3, 5])]) { $1[0] - $1[1] },
    GradientCheck("multiply", [.normal([3, 5]), .normal([3, 5])]) { $1[0] * $1[1] },
    GradientCheck("multiply", [.normal([]), .normal([3, 5])]) { $1[0] * $1[1] },
    GradientCheck("multiply", [.normal([3, 5]), .normal([3])]) { $1[0].scalingRows(by: $1[1]) },
    GradientCheck("multiply", [.normal([3, 5])]) { $1[0] * $1[0] },
    GradientCheck("divide", [.normal([3, 5]), .awayFromZero([3, 5])]) { $1[0] / $1[1] },
    GradientCheck("divide", [.normal([3, 5]), .between(0.5, 2, [])]) { $1[0] / $1[1] },
    GradientCheck("divide", [.normal([]), .awayFromZero([3, 5])]) { $1[0] / $1[1] },
    GradientCheck("power", [.between(0.5, 2, [3, 5]), .normal([3, 5])]) { $1[0].power($1[1]) },
    GradientCheck("power", [.between(0.5, 2, [3, 5]), .normal([])]) { $1[0].power($1[1]) },
    GradientCheck("power", [.between(0.5, 2, []), .normal([3, 5])]) { $1[0].power($1[1]) },
    GradientCheck("maximum", [.distinct([3, 5]), .between(0.899, 0.901, [])], step: 0.004) { $1[0].maximum($1[1]) },
    GradientCheck("maximum", [.distinct([3, 5]), .distinct([3, 5])], step: 0.004) { ($1[0] + 0.1).maximum($1[1]) },
    GradientCheck("minimum", [.distinct([3, 5]), .between(0.899, 0.901, [])], step: 0.004) { $1[0].minimum($1[1]) },
    GradientCheck("minimum", [.distinct([3, 5]), .distinct([3, 5])], step: 0.004) { ($1[0] + 0.1).minimum($1[1]) },
    GradientCheck("gate", [.awayFromZero([3, 5])]) { $1[0].gated(by: $1[0]) },
    GradientCheck("less", [.normal([3, 5]), .normal([3, 5])], passesNoGradient: true) { $1[0].less($1[1]) },
    GradientCheck("lessOrEqual", [.normal([3, 5]), .normal([3, 5])], passesNoGradient: true) { $1[0].lessOrEqual($1[1]) },
    GradientCheck("equal", [.normal([3, 5]), .normal([3, 5])], passesNoGradient: true) { $1[0].equal($1[1]) }
  ]
}
