import Graph
import Networks
import SourceText
import Syntax
import Tensors

extension FunctionCall {
  /// The module that the first argument names.
  fileprivate func module() throws(Diagnostic) -> Module {
    let meaning = try meaning(0)
    guard case .module(let module, _) = meaning else {
      throw Diagnostic("`\(function.name)` takes a module, and `\(words(0))` is \(meaning.kindText)", at: site(0), hint: "`\(function.signature)`")
    }
    return module
  }

  fileprivate func parameter(_ variable: Variable) -> Meaning {
    .array(graph.variable(variable), NamedShape(variable.shape.extents.map { Axis(nil, $0) }))
  }
}

extension FormulaFunction {
  static let modules: [FormulaFunction] = [
    FormulaFunction(
      "freeze(h)(x)", "h applied to x with no gradient to h's parameters; the gradient to x passes", example: "print shape(freeze(h)(za))",
      prints: "[256, 256]", paper: "Alg. 4, alternating", arguments: 1...1
    ) { call throws(Diagnostic) in .module(try call.module(), isFrozen: true) },
    FormulaFunction(
      "bias(h)", "the last bias of a module, a vector", example: "print shape(bias(h))", prints: "[256]", paper: "Table 6", arguments: 1...1
    ) { call throws(Diagnostic) in
      let module = try call.module()
      guard let bias = module.lastBias else { throw Diagnostic("`\(module.name)` has no bias", at: call.site(0)) }
      guard case .array(let node, _) = call.parameter(bias) else { return .missing }
      let name: AxisName? = module.outputWidth == (try call.elaboration.requireViews().model.dim) ? .dim : nil
      return .array(node, NamedShape([Axis(name, bias.shape[0])]))
    },
    FormulaFunction(
      "weight(h, i)", "the weight matrix of a module's i-th fc, output × input", example: "print shape(weight(h, 1))", prints: "[64, 256]",
      arguments: 2...2
    ) { call throws(Diagnostic) in
      let module = try call.module()
      let index = try call.size(1)
      guard let weight = module.weight(index) else {
        throw Diagnostic("`\(module.name)` has no fc number \(index)", at: call.site(1))
      }
      return call.parameter(weight)
    }
  ]
}
