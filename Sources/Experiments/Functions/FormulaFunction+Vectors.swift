import Glibc
import Graph
import SourceText
import Tensors

extension FormulaFunction {
  /// Products, lengths, centers: the vocabulary of the decomposition.
  static let vectors: [FormulaFunction] = [
    FormulaFunction(
      "dot(X, Y)", "the dot product of each row of X with that of Y, one number a row", example: "print dot([[1, 2], [3, 4]], [[1, 0], [0, 1]])",
      prints: "[1, 4]", arguments: 2...2
    ) { call throws(Diagnostic) in
      let (x, y, shape) = try call.pair(0, 1)
      return .array(call.elaboration.rowDots(x, y), shape.removing(shape.rank - 1))
    },
    FormulaFunction(
      "norm(X)", "the length of each row; of a vector, its length", example: "print norm([[3, 4], [1, 0]])", prints: "[5, 1]",
      arguments: 1...1
    ) { call throws(Diagnostic) in
      let x = try call.vectors(0)
      return .array(x.lengths, x.shape.removing(x.shape.rank - 1))
    },
    FormulaFunction(
      "normalize(X)", "rows scaled to unit length, x/max(‖x‖, 1e-12)", example: "print normalize([[3, 4], [1, 0]])",
      prints: "[[0.6, 0.8], [1, 0]]", paper: "Sec. 2", arguments: 1...1
    ) { call throws(Diagnostic) in try call.vectors(0).unit.meaning },
    FormulaFunction(
      "center(X)", "the mean over the rows, a vector: o of Z = o + r", example: "print center([[3, 4], [1, 0]])", prints: "[2, 2]",
      paper: "Sec. 3, vector decomposition", arguments: 1...1
    ) { call throws(Diagnostic) in
      let x = try call.vectors(0)
      return .array(x.node.mean(axes: [0]), x.shape.removing(0))
    },
    FormulaFunction(
      "residual(X)", "X - center(X): r of Z = o + r", example: "print residual([[3, 4], [1, 0]])", prints: "[[1, 2], [-1, -2]]",
      paper: "Sec. 3, vector decomposition", arguments: 1...1
    ) { call throws(Diagnostic) in try call.vectors(0).centered.meaning },
    FormulaFunction(
      "component(x, y)", "the coefficient of y in x, (x.y)/(y.y): the zero crossing of Fig. 5a in closed form",
      example: "print component([1, 2], [2, 0])", prints: "0.5", paper: "Fig. 5a", arguments: 2...2
    ) { call throws(Diagnostic) in
      let (x, y, _) = try call.pair(0, 1)
      return .array((x * y).sum() / (y * y).sum(), .scalar)
    },
    FormulaFunction(
      "cos(x, y)", "cosine similarity of two vectors, of two batches the mean over rows; cos(X) is the cosine of each entry",
      example: "print cos([1, 0], [3, 4])", prints: "0.6", paper: "Eq. 7", arguments: 1...2
    ) { call throws(Diagnostic) in
      guard call.count == 2 else { return try call.mapped({ $0.cosine() }, Glibc.cos) }
      let (x, y, shape) = try call.pair(0, 1)
      let a = ArrayOperand(node: x, shape: shape).unit.node
      let b = ArrayOperand(node: y, shape: shape).unit.node
      return .array(call.elaboration.rowDots(a, b).mean(), .scalar)
    }
  ]
}

extension ArrayOperand {
  /// Row lengths; of a vector its length.
  var lengths: Node { node.rowNorms() }

  /// Rows (or the vector) at unit length.
  var unit: ArrayOperand {
    guard shape.rank == 1 else { return ArrayOperand(node: node.normalizedRows(), shape: shape) }
    return ArrayOperand(node: node.reshaped([1, shape.axes[0].size]).normalizedRows().reshaped(shape.shape), shape: shape)
  }

  /// Less the mean over the first axis.
  var centered: ArrayOperand {
    let mean = node.mean(axes: [0]).broadcast(to: shape.shape, axes: Array(1..<shape.rank))
    return ArrayOperand(node: node - mean, shape: shape)
  }
}
