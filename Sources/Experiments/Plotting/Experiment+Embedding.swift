import SourceText
import Syntax

/// A batch of vectors in the plane of its two principal components.
public struct Embedding {
  public let points: [(x: Double, y: Double)]
  /// The parts of the variance that the two components have.
  public let shares: (Double, Double)
  /// [points]: classes by number; nil where the rows are no images.
  public let labels: [Int32]?
  public let classNames: [String]
  public let warnings: [Diagnostic]
}

extension Experiment {
  /// - throws: a diagnostic where the expression is no batch of vectors.
  public func embedding(of expression: Expression, on sample: Sample?) throws(Diagnostic) -> Embedding {
    try checkEmbedding(expression)
    let rows = try pooled(expression, owner: "plot", on: sample)
    let components = PrincipalComponents(rows: rows.values, width: rows.shape.axes[1].size)
    return Embedding(
      points: components.points, shares: components.shares, labels: rows.labels, classNames: dataset?.classNames ?? [], warnings: rows.warnings)
  }

  /// The eigenvalues of the covariance of the rows, largest first, as squares of the singular values of the residual, which keeps small ones
  /// apart that the covariance itself would round away; a vector as it is.
  public func spectrum(of expression: Expression, on sample: Sample?) throws(Diagnostic) -> (values: [Double], warnings: [Diagnostic]) {
    try checkSpectrum(expression)
    guard try namedShape(of: expression, owner: "plot").rank == 2 else {
      let vector = try evaluate([expression], owner: "plot", on: sample)
      guard case .tensor(let tensor, _)? = vector.values[0].asTensor ?? vector.values.first else { return ([], vector.warnings) }
      return (tensor.values.map(Double.init), vector.warnings)
    }
    let formulas = try Self.formulas(["svdvals(residual(X))^2 / (shape(X)[1] - 1)"], with: ["X": expression])
    let evaluation = try evaluate(formulas, owner: "plot", on: sample)
    guard case .tensor(let tensor, _) = evaluation.values[0] else { return ([], evaluation.warnings) }
    return (tensor.values.map(Double.init), evaluation.warnings)
  }

  /// The values of a matrix, row by row.
  ///
  /// - Throws: where the expression is none, or cannot be computed.
  public func matrix(
    of expression: Expression, on sample: Sample?
  ) throws(Diagnostic) -> (rows: Int, columns: Int, values: [Double], warnings: [Diagnostic]) {
    try checkMatrix(expression)
    let evaluation = try evaluate([expression], owner: "plot", on: sample)
    guard case .tensor(let tensor, let shape)? = evaluation.values[0].asTensor ?? evaluation.values.first, shape.rank == 2 else {
      throw Diagnostic("`\(expression.span.text.shortened)` is no matrix", at: expression.span)
    }
    return (shape.axes[0].size, shape.axes[1].size, tensor.values.map(Double.init), evaluation.warnings)
  }

  // MARK: What can be wrong with their shapes

  /// - Throws: unless it is rows × columns, of two rows at least.
  public func checkEmbedding(_ expression: Expression) throws(Diagnostic) {
    let shape = try namedShape(of: expression, owner: "plot")
    guard shape.rank == 2 else {
      throw Diagnostic(
        "`plot embedding` takes a batch of vectors, and `\(expression.span.text.shortened)` is \(shape)", at: expression.span,
        hint: "`plot embedding Za`")
    }
    guard shape.axes[0].size > 1, shape.axes[1].size > 0 else {
      throw Diagnostic("one row has no directions in which it differs", at: expression.span)
    }
  }

  /// - Throws: unless it is a vector, which is taken for a spectrum, or rows whose covariance has one; not for a covariance itself.
  public func checkSpectrum(_ expression: Expression) throws(Diagnostic) {
    let shape = try namedShape(of: expression, owner: "plot")
    let text = expression.span.text.shortened
    guard (1...2).contains(shape.rank) else {
      throw Diagnostic("`plot spectrum` takes a batch of vectors, and `\(text)` is \(shape)", at: expression.span, hint: "`plot spectrum Za`")
    }
    guard shape.rank == 2 else { return }
    if shape.axes[0].name != nil, shape.axes[0].name != .batch, shape.axes[0] == shape.axes[1] {
      throw Diagnostic(
        "`\(text)` is \(shape), and `plot spectrum` takes rows of which it makes the covariance itself", at: expression.span,
        hint: "`plot spectrum eigenvalues(\(text))` draws those of the matrix")
    }
    guard shape.axes[0].size > 1 else { throw Diagnostic("one row has no covariance", at: expression.span) }
  }

  /// - Throws: unless it is rows × columns, neither of them 0.
  public func checkMatrix(_ expression: Expression) throws(Diagnostic) {
    let shape = try namedShape(of: expression, owner: "plot")
    guard shape.rank == 2, shape.shape.count > 0 else {
      throw Diagnostic(
        "`plot matrix` takes a matrix, and `\(expression.span.text.shortened)` is \(shape)", at: expression.span, hint: "`plot matrix cov(Za)`")
    }
  }

  /// - Throws: where it has no shape at all; every number of it counts.
  public func checkHistogram(_ expression: Expression) throws(Diagnostic) { _ = try namedShape(of: expression, owner: "plot") }
}
