import Graph
import SourceText
import Syntax
import Tensors

extension FormulaFunction {
  static let gradients: [FormulaFunction] = [
    FormulaFunction(
      "grad(L, X)", "the gradient ∂L/∂X, an expression like any other",
      example: "print grad(-[[3, 4], [1, 0]] . sg([[1, 0], [0, 1]]), [[3, 4], [1, 0]])",
      prints: "[[-0.5, 0], [0, -0.5]]", paper: "Eq. 3", arguments: 2...2
    ) { call throws(Diagnostic) in try call.gradient().meaning },
    FormulaFunction(
      "neggrad(L, X)", "the paper's negative gradient, of each row's own loss: -M · grad(L, X)",
      example: "print neggrad(-[[3, 4], [1, 0]] . sg([[1, 0], [0, 1]]), [[3, 4], [1, 0]])",
      prints: "[[1, 0], [0, 1]]", paper: "Eq. 3", arguments: 2...2
    ) { call throws(Diagnostic) in
      let gradient = try call.gradient()
      let rows = gradient.shape.rank > 0 ? Double(gradient.shape.axes[0].size) : 1
      return .array(gradient.node * -rows, gradient.shape)
    }
  ]
}

extension FunctionCall {
  /// ∂L/∂X. X is found in L by identity, so it must be written there: as the same name or the same expression.
  fileprivate func gradient() throws(Diagnostic) -> ArrayOperand {
    let (loss, target) = try lossAndTarget()
    guard loss.shape.rank == 0 else {
      throw Diagnostic(
        "`\(function.name)` differentiates a number, and `\(words(0))` is \(loss.shape)", at: site(0),
        hint: "`mean(…)` or `sum(…)` of it is a number")
    }
    if let gradient = graph.gradients(of: loss.node, withRespectTo: [target.node])[0] {
      return ArrayOperand(node: gradient, shape: target.shape)
    }
    if !loss.node.ancestors.contains(target.node) {
      elaboration.warnings.append(
        Diagnostic(
          .warning, "`\(words(0))` does not contain `\(words(1))`, so the gradient is 0", at: site(1),
          hints: ["the gradient is taken with respect to a name or expression that is written in it"]))
    }
    return ArrayOperand(node: graph.scalar(0).broadcast(to: target.node.shape, axes: []), shape: target.shape)
  }

  private func lossAndTarget() throws(Diagnostic) -> (loss: ArrayOperand, target: ArrayOperand) {
    let target = try meaning(1)
    // A number has been folded away inside the loss: it becomes a leaf of its own while both are read.
    guard let number = target.constant, case .name(let name) = arguments[1].kind else {
      return (try array(0), try elaboration.array(target, at: site(1)))
    }
    let leaf = ArrayOperand(node: elaboration.leaf(number), shape: .scalar)
    let inner = elaboration.binding(name, to: leaf.meaning, in: scope)
    let loss = try elaboration.meaning(of: arguments[0], in: inner)
    return (try elaboration.array(loss, at: site(0)), leaf)
  }
}

extension Elaboration {
  /// A number as a leaf that gradients can be taken with respect to.
  fileprivate func leaf(_ number: Double) -> Node {
    graph.tensor(Tensor(Float(number)), identity: freshIdentity())
  }
}
