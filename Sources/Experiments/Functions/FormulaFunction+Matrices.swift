import Graph
import SourceText
import Syntax
import Tensors

extension FunctionCall {
  func requireRows(_ operand: ArrayOperand) throws(Diagnostic) -> Double {
    guard operand.shape.axes[0].size > 1 else {
      throw Diagnostic("`\(function.name)` divides by one less than the rows, and `\(words(0))` has 1", at: site(0))
    }
    return Double(operand.shape.axes[0].size - 1)
  }

  /// Xᶜᵀ·Xᶜ/(M-1), dim × dim.
  func covariance() throws(Diagnostic) -> ArrayOperand {
    let x = try matrix(0)
    let rows = try requireRows(x)
    let centered = x.centered.node
    let product = centered.matmul(centered, transposingSelf: true, transposingOther: false)
    return ArrayOperand(node: product * (1 / rows), shape: NamedShape([x.shape.axes[1], x.shape.axes[1]]))
  }
}

extension ArrayOperand {
  /// A square matrix with zeros on its diagonal.
  var offDiagonal: Node { node - node.diagonal().diagonalMatrix() }
}

extension Node {
  /// Of a matrix, a scalar: exp of the entropy of the singular values, normalised to sum to 1 (Roy & Vetterli, 2007).
  func effectiveRank() -> Node {
    let values = singularValues()
    let shares = values / values.sum().broadcast(to: values.shape, axes: [])
    return shares.entropyTerms().sum().exp()
  }
}

extension FormulaFunction {
  static let matrices: [FormulaFunction] = [
    FormulaFunction(
      "cov(X)", "covariance of the columns, dim × dim, divided by M-1", example: "print cov([[1, 0], [3, 0]])", prints: "[[2, 0], [0, 0]]",
      paper: "A.6", arguments: 1...1
    ) { call throws(Diagnostic) in try call.covariance().meaning },
    FormulaFunction(
      "gram(X)", "X @ X', batch × batch", example: "print gram([[1, 2], [0, 1]])", prints: "[[5, 2], [2, 1]]", arguments: 1...1
    ) { call throws(Diagnostic) in
      let x = try call.matrix(0)
      let product = x.node.matmul(x.node, transposingSelf: false, transposingOther: true)
      return .array(product, NamedShape([x.shape.axes[0], x.shape.axes[0]]))
    },
    FormulaFunction(
      "corr(X, Y)", "cross-correlation of the columns of X with those of Y, dim × dim (Barlow Twins)",
      example: "print corr([[1, 0], [3, 1]], [[2, 1], [6, 0]])", prints: "[[1, -1], [1, -1]]", arguments: 2...2
    ) { call throws(Diagnostic) in
      let x = try call.matrix(0)
      let y = try call.matrix(1)
      guard x.shape.axes[0].agrees(with: y.shape.axes[0]) else {
        throw call.elaboration.mismatch(x.shape, y.shape, call.site(0), call.site(1), symbol: "corr")
      }
      _ = try call.requireRows(x)
      // Columns to unit length about their mean: the factors M-1 cancel.
      let a = ArrayOperand(node: x.centered.node.transposed(), shape: NamedShape(x.shape.axes.reversed())).unit.node
      let b = ArrayOperand(node: y.centered.node.transposed(), shape: NamedShape(y.shape.axes.reversed())).unit.node
      return .array(
        a.matmul(b, transposingSelf: false, transposingOther: true), NamedShape([x.shape.axes[1], y.shape.axes[1]]))
    },
    FormulaFunction(
      "diag(X)", "the diagonal of a matrix; of a vector, the matrix with it", example: "print diag([1, 2])", prints: "[[1, 0], [0, 2]]",
      arguments: 1...1
    ) { call throws(Diagnostic) in
      let x = try call.vectors(0)
      if x.shape.rank == 1 { return .array(x.node.diagonalMatrix(), NamedShape([x.shape.axes[0], x.shape.axes[0]])) }
      let matrix = try call.square(0)
      return .array(matrix.node.diagonal(), NamedShape([matrix.shape.axes[0]]))
    },
    FormulaFunction(
      "offdiag(X)", "a square matrix with zeros on its diagonal", example: "print offdiag([[1, 2], [3, 4]])", prints: "[[0, 2], [3, 0]]",
      paper: "A.6", arguments: 1...1
    ) { call throws(Diagnostic) in
      let x = try call.square(0)
      return .array(x.offDiagonal, x.shape)
    },
    FormulaFunction(
      "trace(X)", "sum of the diagonal", example: "print trace([[1, 2], [3, 4]])", prints: "5", arguments: 1...1
    ) { call throws(Diagnostic) in .array(try call.square(0).node.diagonal().sum(), .scalar) },
    FormulaFunction(
      "fro(X)", "Frobenius norm, the root of the sum of squares", example: "print fro([[3, 0], [0, 4]])", prints: "5", arguments: 1...1
    ) { call throws(Diagnostic) in
      let x = try call.array(0)
      return .array((x.node * x.node).sum().sqrt(), .scalar)
    },
    FormulaFunction(
      "cat(X, Y, …)", "the rows of all, one under the other", example: "print cat([[1, 2]], [[3, 4]])", prints: "[[1, 2], [3, 4]]",
      arguments: 1...64
    ) { call throws(Diagnostic) in
      var parts: [ArrayOperand] = []
      for index in 0..<call.count { parts.append(try call.matrix(index)) }
      for (index, part) in parts.enumerated() where !part.shape.axes[1].agrees(with: parts[0].shape.axes[1]) {
        throw call.elaboration.mismatch(parts[0].shape, part.shape, call.site(0), call.site(index), symbol: "cat")
      }
      let rows = parts.reduce(0) { $0 + $1.shape.axes[0].size }
      return .array(call.graph.concatenate(parts.map(\.node)), NamedShape([Axis(nil, rows), parts[0].shape.axes[1]]))
    }
  ]

  /// Through LAPACK; eigenvalues and singular values come largest first.
  static let spectra: [FormulaFunction] = [
    FormulaFunction(
      "eigenvalues(X)", "eigenvalues of a symmetric matrix, largest first", example: "print eigenvalues([[2, 0], [0, 3]])", prints: "[3, 2]",
      arguments: 1...1
    ) { call throws(Diagnostic) in
      let x = try call.square(0)
      return .array(x.node.eigenvalues(), NamedShape([Axis(nil, x.shape.axes[0].size)]))
    },
    FormulaFunction(
      "eigenvectors(X)", "eigenvectors of a symmetric matrix, one a column, in the order of `eigenvalues`",
      example: "print abs(eigenvectors([[2, 0], [0, 3]]))", prints: "[[0, 1], [1, 0]]", arguments: 1...1
    ) { call throws(Diagnostic) in
      let x = try call.square(0)
      return .array(x.node.eigenvectors(), NamedShape([x.shape.axes[0], Axis(nil, x.shape.axes[0].size)]))
    },
    FormulaFunction(
      "svdvals(X)", "singular values, largest first", example: "print svdvals([[3, 0], [0, 4]])", prints: "[4, 3]", arguments: 1...1
    ) { call throws(Diagnostic) in
      let x = try call.matrix(0)
      return .array(x.node.singularValues(), NamedShape([Axis(nil, min(x.node.shape[0], x.node.shape[1]))]))
    },
    FormulaFunction(
      "rank(X)", "effective rank: exp of the entropy of the normalised singular values (Roy & Vetterli, 2007)",
      example: "print rank([[1, 0], [0, 1]])", prints: "2", arguments: 1...1
    ) { call throws(Diagnostic) in
      return .array(try call.matrix(0).node.effectiveRank(), .scalar)
    },
    FormulaFunction(
      "whiten(X)", "rows without mean and with the identity as covariance, by the Cholesky factor (W-MSE)",
      example: "print whiten([[5, 2], [5, -2], [1, 2], [1, -2], [3, 0]])", prints: "[[1, 1], [1, -1], [-1, 1], [-1, -1], [0, 0]]",
      arguments: 1...1
    ) { call throws(Diagnostic) in
      let x = try call.matrix(0)
      let factor = try call.covariance().node.cholesky()
      return .array(factor.solve(x.centered.node.transposed()).transposed(), x.shape)
    },
    FormulaFunction(
      "cholesky(X)", "the lower factor L of X = L @ L'", example: "print cholesky([[4, 0], [0, 9]])", prints: "[[2, 0], [0, 3]]",
      arguments: 1...1
    ) { call throws(Diagnostic) in
      let x = try call.square(0)
      return .array(x.node.cholesky(), x.shape)
    },
    FormulaFunction(
      "solve(A, B)", "the X of A @ X = B", example: "print solve([[2, 0], [0, 4]], [2, 4])", prints: "[1, 1]", arguments: 2...2
    ) { call throws(Diagnostic) in
      let a = try call.square(0)
      let b = try call.vectors(1)
      guard b.shape.rank <= 2 else {
        throw Diagnostic("`solve` takes a vector or a matrix, and `\(call.words(1))` is \(b.shape)", at: call.site(1))
      }
      guard a.shape.axes[0].agrees(with: b.shape.axes[0]) else {
        throw call.elaboration.mismatch(a.shape, b.shape, call.site(0), call.site(1), symbol: "solve")
      }
      guard b.shape.rank == 1 else { return .array(a.node.solve(b.node), b.shape) }
      let column = b.node.reshaped([b.shape.axes[0].size, 1])
      return .array(a.node.solve(column).reshaped(b.shape.shape), b.shape)
    },
    FormulaFunction(
      "logdet(X)", "log of the determinant of a positive definite matrix", example: "print logdet([[1, 0], [0, 1]])", prints: "0",
      arguments: 1...1
    ) { call throws(Diagnostic) in .array(try call.square(0).node.logDeterminant(), .scalar) }
  ]
}
