import Graph
import SourceText
import Syntax
import Tensors

extension FunctionCall {
  /// X @ Y' / tau: every row of X against every row of Y.
  fileprivate func logits(_ x: ArrayOperand, _ y: ArrayOperand, _ temperature: Node) -> Node {
    x.node.matmul(y.node, transposingSelf: false, transposingOther: true) / temperature
  }

  fileprivate func requireSameShape(_ x: ArrayOperand, _ y: ArrayOperand) throws(Diagnostic) {
    guard x.shape.agrees(with: y.shape) else {
      throw elaboration.mismatch(x.shape, y.shape, site(0), site(1), symbol: function.name)
    }
  }
}

extension FormulaFunction {
  static let losses: [FormulaFunction] = [
    FormulaFunction(
      "infonce(X, Y, tau)", "row i of X against all rows of Y, row i its positive, further rows negatives: mean of logsumexp(x·Y'/tau) - x·y/tau",
      example: "print infonce([[1, 0], [0, 1]], [[1, 0], [0, 1]], 1)", prints: "0.313262", paper: "Eq. 5, A.7", arguments: 3...3
    ) { call throws(Diagnostic) in
      let (x, y) = try call.sameRowLength(0, 1)
      let rows = x.shape.axes[0].size
      guard y.shape.axes[0].size >= rows else {
        throw Diagnostic(
          "`\(call.words(0))` has \(rows) rows and `\(call.words(1))` only \(y.shape.axes[0].size): row i of the one is the positive of row i of the other",
          at: call.site(1), related: [call.site(0)])
      }
      let temperature = try call.scalar(2)
      let partners = y.shape.axes[0].size == rows ? y.node : y.node.rows(0..<rows)
      let positives = call.elaboration.rowDots(x.node, partners) / temperature
      return .array((call.logits(x, y, temperature).logSumExpRows() - positives).mean(), .scalar)
    },
    FormulaFunction(
      "lambda(X, Y, tau)", "softmax(X @ Y' / tau): the weights with which InfoNCE repels, batch × batch",
      example: "print lambda([[1, 0]], [[0, 1], [0, 2]], 1)", prints: "[[0.5, 0.5]]", paper: "Eq. 6, A.7", arguments: 3...3
    ) { call throws(Diagnostic) in
      let (x, y) = try call.sameRowLength(0, 1)
      let logits = call.logits(x, y, try call.scalar(2))
      return .array(logits.softmaxRows(), NamedShape([x.shape.axes[0], y.shape.axes[0]]))
    },
    FormulaFunction(
      "ntxent(X, Y, tau)", "SimCLR's loss: each of the 2M rows of both views against all others (Chen et al., 2020)",
      example: "print ntxent([[1, 0], [0, 1]], [[1, 0], [0, 1]], 1)", prints: "0.551445", arguments: 3...3
    ) { call throws(Diagnostic) in
      let x = try call.matrix(0)
      let y = try call.matrix(1)
      try call.requireSameShape(x, y)
      let temperature = try call.scalar(2)
      let rows = x.shape.axes[0].size
      let both = call.graph.concatenate([x.node, y.node])
      let partners = call.graph.concatenate([y.node, x.node])
      // A row is no negative of itself: its own logit is pushed so low that its exponential is exactly 0.
      let itself = Tensor(shape: [2 * rows], values: Array(repeating: -1e30, count: 2 * rows))
      let mask = call.graph.tensor(itself, identity: call.elaboration.identity(ofLiteral: itself)).diagonalMatrix()
      let logits = both.matmul(both, transposingSelf: false, transposingOther: true) / temperature + mask
      let positives = call.elaboration.rowDots(both, partners) / temperature
      return .array((logits.logSumExpRows() - positives).mean(), .scalar)
    },
    FormulaFunction(
      "decorrelation(X)", "sum of the squared off-diagonal covariances, divided by D", example: "print decorrelation([[1, 0], [3, 2]])",
      prints: "4", paper: "Alg. 6, A.6", arguments: 1...1
    ) { call throws(Diagnostic) in
      let covariance = try call.covariance()
      let off = covariance.offDiagonal
      return .array((off * off).sum() * (1 / Double(covariance.shape.axes[0].size)), .scalar)
    },
    FormulaFunction(
      "mse(X, Y)", "mean over rows of the squared distance", example: "print mse([[1, 0], [3, 1]], [[0, 0], [3, 0]])", prints: "1",
      paper: "Eq. 1", arguments: 2...2
    ) { call throws(Diagnostic) in
      let (x, y, shape) = try call.pair(0, 1)
      let difference = x - y
      return .array((difference * difference).sum(axes: [shape.rank - 1]).mean(), .scalar)
    }
  ]
}
