import Glibc
import SourceText
import Syntax
import Tables
import Tensors

/// `decompose Za`: a batch of vectors split into center and residual (Sec. 3 of the paper), with the measures of collapse.
public struct VectorDecomposition: Sendable {
  /// As typed.
  public let name: String
  public let shape: NamedShape
  /// Mean length of a row.
  public let norm: Double
  /// ‖o‖, o the mean of the rows.
  public let center: Double
  /// Root mean square of ‖r‖, r = x - o.
  public let residual: Double
  /// m_o and m_r: mean over rows of ‖o‖/‖x‖ and ‖r‖/‖x‖.
  public let meanRatios: (center: Double, residual: Double)
  /// ‖o‖ and RMS ‖r‖ over RMS ‖x‖: their squares add up to 1.
  public let rmsRatios: (center: Double, residual: Double)
  /// Mean over dimensions of the standard deviation (divisor M-1) of the unit rows.
  public let std: Double
  /// Algorithm 6 on the rows: sum of squared off-diagonal covariances, over D.
  public let covariance: Double
  /// exp of the entropy of the normalised singular values of the residual.
  public let effectiveRank: Double
  /// Shares of variance along the principal directions, largest first.
  public let spectrum: [Double]

  /// What is computed of X, in the language itself.
  static let formulas = [
    "mean(norm(X))", "norm(center(X))", "sqrt(mean(norm(residual(X))^2))", "mean(norm(center(X)) / norm(X))",
    "mean(norm(residual(X)) / norm(X))", "sqrt(mean(norm(X)^2))", "mean(std(normalize(X)))", "decorrelation(X)", "rank(residual(X))",
    "svdvals(residual(X))"
  ]

  init(name: String, shape: NamedShape, values: [Value]) {
    let numbers = values.map { $0.number ?? .nan }
    self.name = name
    self.shape = shape
    norm = numbers[0]
    center = numbers[1]
    residual = numbers[2]
    meanRatios = (numbers[3], numbers[4])
    rmsRatios = (center / numbers[5], residual / numbers[5])
    std = numbers[6]
    covariance = numbers[7]
    effectiveRank = numbers[8]
    if case .tensor(let tensor, _) = values[9] {
      let squares = tensor.values.map { Double($0) * Double($0) }
      let total = squares.reduce(0, +)
      spectrum = squares.map { $0 / total }
    } else {
      spectrum = []
    }
  }

  /// The lines that `decompose` prints.
  public var text: String {
    let dim = shape.axes.last?.size ?? 1
    let number = NumberText.short
    return """
      \(name) : \(shape)
        ‖x‖ \(number(norm))   ‖o‖ \(number(center))   ‖r‖ \(number(residual))
        mo  \(number(meanRatios.center)) mean, \(number(rmsRatios.center)) rms   mr \(number(meanRatios.residual)) mean, \(number(rmsRatios.residual)) rms
        std \(number(std)) (1/√\(dim) = \(number(1 / Double(dim).squareRoot())))   cov \(number(covariance))   effective rank \(number(effectiveRank))
        spectrum \(spectrum.prefix(8).map(number).joined(separator: " "))\(spectrum.count > 8 ? " …" : "")
      """
  }
}

extension Experiment {
  /// With `on N batches` every measure is taken of each batch, and averaged.
  ///
  /// - throws: a diagnostic where the expression is no batch of vectors.
  public func decompose(_ expression: Expression, on sample: Sample?) throws(Diagnostic) -> (VectorDecomposition, [Diagnostic]) {
    let shape = try namedShape(of: expression, owner: "decompose")
    guard shape.rank == 2 else {
      throw Diagnostic(
        "`decompose` takes a batch of vectors, and `\(expression.span.text.shortened)` is \(shape)", at: expression.span,
        hint: "`decompose Za`, `decompose grad`")
    }
    guard shape.axes[0].size > 1 else { throw Diagnostic("one row has no residual", at: expression.span) }
    let formulas = try Self.formulas(VectorDecomposition.formulas, with: ["X": expression])
    let evaluation = try evaluate(formulas, owner: "decompose", on: sample)
    return (
      VectorDecomposition(name: expression.span.text.shortened, shape: shape, values: evaluation.values), evaluation.warnings
    )
  }

  /// The decompositions are written in the language that they explain: formulas with expressions in the places of names.
  static func formulas(_ texts: [String], with parts: [String: Expression]) throws(Diagnostic) -> [Expression] {
    var formulas: [Expression] = []
    for text in texts {
      formulas.append(try Parser.expression(of: SourceFile(name: "decompose", text: text)).replacing(parts))
    }
    return formulas
  }
}
