import Graph
import Kernels

extension GradientCheck {
  static let arrangement: [GradientCheck] = [
    GradientCheck("broadcast", [.normal([])]) { $1[0].broadcast(to: [3, 5], axes: []) },
    GradientCheck("broadcast", [.normal([5])]) { $1[0].broadcast(to: [3, 5], axes: [1]) },
    GradientCheck("broadcast", [.normal([3])]) { $1[0].broadcast(to: [2, 3, 4, 5], axes: [1]) },
    GradientCheck("broadcast", [.normal([2, 4])]) { $1[0].broadcast(to: [2, 3, 4, 5], axes: [0, 2]) },
    GradientCheck("reshape", [.normal([3, 4])]) { $1[0].reshaped([2, 6]) },
    GradientCheck("transpose", [.normal([3, 5])]) { $1[0].transposed() },
    GradientCheck("swappingLastAxes", [.normal([2, 3, 4])]) { $1[0].swappingLastAxes() },
    GradientCheck("slice", [.normal([5, 4])]) { $1[0].rows(1..<4) },
    GradientCheck("slice", [.normal([5, 4])]) { $1[0].columns(2..<3) },
    GradientCheck("slice", [.normal([5, 4])]) { $1[0].row(2) },
    GradientCheck("pad", [.normal([3, 4])]) { $1[0].padded(axis: 1, before: 1, after: 2) },
    GradientCheck("concatenate", [.normal([2, 3]), .normal([4, 3])]) { $0.concatenate([$1[0], $1[1], $1[0]]) },
    GradientCheck("gatherRows", [.normal([5, 3]), .rows(below: 5, [7])]) { $1[0].gatherRows(index: $1[1]) },
    GradientCheck("scatterRows", [.normal([7, 3]), .rows(below: 5, [7])]) { $1[0].scatterRows(index: $1[1], rows: 5) },
    GradientCheck("diagonal", [.normal([4, 4])]) { $1[0].diagonal() },
    GradientCheck("diagonalMatrix", [.normal([4])]) { $1[0].diagonalMatrix() },
    GradientCheck("lowerTriangle", [.normal([4, 4])]) { $1[0].lowerTriangle(halvingDiagonal: true) },
    GradientCheck("stopGradient", [.normal([3, 5])], passesNoGradient: true) { $1[0].stopGradient() }
  ]

  static let rows: [GradientCheck] = [
    GradientCheck("sum", [.normal([3, 5])]) { $1[0].sum() },
    GradientCheck("sum", [.normal([3, 5])]) { $1[0].mean(axes: [0]) },
    GradientCheck("sum", [.normal([2, 3, 4, 5])]) { $1[0].sum(axes: [0, 2]) },
    GradientCheck("sum", [.normal([2, 3, 4, 5])]) { $1[0].mean(axes: [0, 2, 3]) },
    GradientCheck("maximumOverAxes", [.distinct([3, 5])]) { $1[0].maximum(axes: [0]) },
    GradientCheck("maximumOverAxes", [.distinct([3, 5])]) { $1[0].maximum(axes: [0, 1]) },
    GradientCheck("minimumOverAxes", [.distinct([3, 5])]) { $1[0].minimum(axes: [1]) },
    GradientCheck("matmul", [.normal([3, 4]), .normal([4, 2])]) { $1[0].matmul($1[1]) },
    GradientCheck("matmul", [.normal([4, 3]), .normal([4, 2])]) { $1[0].matmul($1[1], transposingSelf: true) },
    GradientCheck("matmul", [.normal([3, 4]), .normal([2, 4])]) { $1[0].matmul($1[1], transposingOther: true) },
    GradientCheck("matmul", [.normal([4, 3]), .normal([2, 4])]) {
      $1[0].matmul($1[1], transposingSelf: true, transposingOther: true)
    },
    GradientCheck("normalizedRows", [.normal([4, 5])]) { $1[0].normalizedRows() },
    GradientCheck("rowNorms", [.normal([4, 5])]) { $1[0].rowNorms() },
    GradientCheck("softmaxRows", [.normal([4, 5])]) { $1[0].softmaxRows() },
    GradientCheck("logSumExpRows", [.normal([4, 5])]) { $1[0].logSumExpRows() }
  ]

  static let random: [GradientCheck] = [
    GradientCheck("normal", [], passesNoGradient: true) { graph, _ in
      graph.normal([3, 5], stream: RandomStream(seed: 0, name: "check"))
    },
    GradientCheck("uniform", [], passesNoGradient: true) { graph, _ in
      graph.uniform([3, 5], stream: RandomStream(seed: 0, name: "check"))
    }
  ]
}
