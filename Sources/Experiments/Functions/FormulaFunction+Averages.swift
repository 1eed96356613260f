import Graph
import SourceText
import Syntax
import Training

extension FormulaFunction {
  /// Averages over the steps of a run.
  static let averages: [FormulaFunction] = [
    FormulaFunction(
      "ema(X, m)", "average over the steps: m·(the last step's) + (1-m)·X, begun at the first X; the gradient passes (1-m)·X",
      example: "print ema([1, 2], 0.9)", prints: "[1, 2]", arguments: 2...2
    ) { call throws(Diagnostic) in
      let operand = try call.array(0)
      let momentum = try call.elaboration.constant(call.arguments[1], in: call.scope)
      guard (0...1).contains(momentum) else {
        throw Diagnostic("`\(call.words(1))` is \(Value.number(momentum).text): the momentum of an average is from 0 to 1", at: call.site(1))
      }
      // Without a model there are no steps, and before its first step an average has no past: X is the first.
      guard let average = call.elaboration.average(call, of: operand) else { return operand.meaning }
      let graph = call.graph
      let share = (graph.variable(average.started) * momentum).broadcast(to: operand.node.shape, axes: [])
      let next = operand.node + share * (graph.variable(average.value) - operand.node)
      call.elaboration.keep(average, next)
      return .array(next, operand.shape)
    }
  ]
}

extension Elaboration {
  /// The running average behind this `ema(…)`, by the formula it stands in, its text (in canonical spelling, as a record repeats it), and how often
  /// that has come before.
  fileprivate func average(_ call: FunctionCall, of operand: ArrayOperand) -> RunningAverage? {
    guard let views else { return nil }
    let text = "\(call.scope.owner.name): \(call.expression.source)" + (call.scope.isSwapped ? ", swapped" : "")
    let before = averageTexts[text, default: 0]
    averageTexts[text] = before + 1
    let name = before == 0 ? text : "\(text) (\(before + 1))"
    let averages = views.model.averages
    return beginsAverages
      ? averages.average(name, shape: operand.node.shape) : averages.existing(name, shape: operand.node.shape)
  }

  fileprivate func keep(_ average: RunningAverage, _ next: Node) {
    guard !averages.contains(where: { $0.average === average }) else { return }
    averages.append((average, next))
  }
}
