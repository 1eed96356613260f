import Glibc
import Graph
import SourceText
import Syntax

extension FunctionCall {
  /// A function of each entry; of a number, the number.
  func mapped(_ node: (Node) -> Node, _ number: (Double) -> Double) throws(Diagnostic) -> Meaning {
    let meaning = try meaning(0)
    if let constant = meaning.constant { return .number(number(constant)) }
    let operand = try elaboration.array(meaning, at: site(0))
    return .array(node(operand.node), operand.shape)
  }

  /// `exp(Za . Zb / tau)` averages over the batch before the exponential, which is seldom what a paper means.
  func warnOfAveragedDot() {
    guard isAveragedDot(arguments[0]) else { return }
    elaboration.warnings.append(
      Diagnostic(
        .warning, "`\(words(0))` is averaged over the batch before `\(function.name)` is taken", at: site(0),
        hints: ["did you mean `dot(x, y)`, one number a row?"]))
  }

  /// Whether a paper's dot stands here or in a definition named here, not counting what is inside calls.
  private func isAveragedDot(_ expression: Expression) -> Bool {
    var rest = [expression]
    var seen: Set<String> = []
    while let next = rest.popLast() {
      switch next.kind {
      case .binary(.dot, _, _, _): return true
      case .binary(_, let left, let right, _): rest += [left, right]
      case .unary(_, let operand): rest.append(operand)
      case .name(let name) where scope.bindings[name] == nil && seen.insert(name).inserted:
        if let formula = elaboration.surroundings.definitions.formulas[name] { rest.append(formula.expression) }
      default: break
      }
    }
    return false
  }
}

extension FormulaFunction {
  static let elementwise: [FormulaFunction] = [
    FormulaFunction("sqrt(X)", "square root of each entry", example: "print sqrt([4, 9])", prints: "[2, 3]", arguments: 1...1) {
      call throws(Diagnostic) in try call.mapped({ $0.sqrt() }, Glibc.sqrt)
    },
    FormulaFunction("exp(X)", "e to the power of each entry", example: "print exp(0)", prints: "1", arguments: 1...1) {
      call throws(Diagnostic) in
      call.warnOfAveragedDot()
      return try call.mapped({ $0.exp() }, Glibc.exp)
    },
    FormulaFunction("log(X)", "natural logarithm of each entry", example: "print log(1)", prints: "0", arguments: 1...1) {
      call throws(Diagnostic) in
      call.warnOfAveragedDot()
      return try call.mapped({ $0.log() }, Glibc.log)
    },
    FormulaFunction("abs(X)", "absolute value of each entry", example: "print abs([-1, 2])", prints: "[1, 2]", arguments: 1...1) {
      call throws(Diagnostic) in try call.mapped({ $0.absolute() }, Swift.abs)
    },
    FormulaFunction("relu(X)", "max(x, 0) of each entry", example: "print relu([-1, 2])", prints: "[0, 2]", arguments: 1...1) {
      call throws(Diagnostic) in try call.mapped({ $0.relu() }) { $0 > 0 ? $0 : 0 }
    },
    FormulaFunction("tanh(X)", "hyperbolic tangent of each entry", example: "print tanh([0])", prints: "[0]", arguments: 1...1) {
      call throws(Diagnostic) in try call.mapped({ $0.tanh() }, Glibc.tanh)
    },
    FormulaFunction("sin(X)", "sine of each entry", example: "print sin([0])", prints: "[0]", arguments: 1...1) {
      call throws(Diagnostic) in try call.mapped({ $0.sine() }, Glibc.sin)
    },
    FormulaFunction(
      "sg(x)", "stop-gradient: x, with no gradient through it", example: "print grad(sg([1, 2]) . [3, 4], [3, 4])", prints: "[1, 2]", paper: "Eq. 2",
      arguments: 1...1
    ) {
      call throws(Diagnostic) in
      call.stopped(try call.meaning(0))
    },
    FormulaFunction(
      "swap(E)", "E with the views exchanged: a and b in every name", example: "print cos(swap(Za), Zb)", prints: "1", paper: "Eq. 2",
      arguments: 1...1
    ) {
      call throws(Diagnostic) in
      var scope = call.scope
      scope.isSwapped.toggle()
      return try call.elaboration.meaning(of: call.arguments[0], in: scope)
    }
  ]

  /// Row-wise, each in its stable form.
  static let distributions: [FormulaFunction] = [
    FormulaFunction(
      "softmax(X)", "exp(x)/Σexp(x) along each row", example: "print softmax([[0, 0], [1, 1]])", prints: "[[0.5, 0.5], [0.5, 0.5]]",
      paper: "λ of A.7", arguments: 1...1
    ) {
      call throws(Diagnostic) in
      try call.byRow { ArrayOperand(node: $0.node.softmaxRows(), shape: $0.shape) }
    },
    FormulaFunction("logsumexp(X)", "log Σexp(x) along each row", example: "print exp(logsumexp([0, 0]))", prints: "2", arguments: 1...1) {
      call throws(Diagnostic) in
      try call.byRow { ArrayOperand(node: $0.node.logSumExpRows(), shape: $0.shape.removing($0.shape.rank - 1)) }
    },
    FormulaFunction(
      "entropy(X)", "-Σx·log x along each row, with 0·log 0 = 0", example: "print entropy([1, 0])", prints: "0", paper: "Fig. 7a", arguments: 1...1
    ) {
      call throws(Diagnostic) in
      try call.byRow { ArrayOperand(node: $0.node.entropyTerms().sum(axes: [$0.shape.rank - 1]), shape: $0.shape.removing($0.shape.rank - 1)) }
    }
  ]
}

extension FunctionCall {
  /// A function of the rows of a matrix; a vector is one row.
  func byRow(_ body: (ArrayOperand) -> ArrayOperand) throws(Diagnostic) -> Meaning {
    let x = try vectors(0)
    guard x.shape.rank == 1 else { return body(x).meaning }
    let row = ArrayOperand(
      node: x.node.reshaped([1, x.shape.axes[0].size]), shape: NamedShape([Axis(nil, 1), x.shape.axes[0]]))
    let result = body(row)
    let shape = result.shape.removing(0)
    return .array(result.node.reshaped(shape.shape), shape)
  }
}

extension FunctionCall {
  /// Without gradient; of a list (`Z[2..10]`) each item.
  fileprivate func stopped(_ meaning: Meaning) -> Meaning {
    switch meaning {
    case .array(let node, let shape):
      let stop = node.stopGradient()
      elaboration.noteStop(stop, expression)
      return .array(stop, shape)
    case .list(let items): return .list(items.map(stopped))
    default: return meaning
    }
  }
}

extension Elaboration {
  fileprivate func noteStop(_ node: Node, _ expression: Expression) {
    guard !stops.contains(where: { $0.node == node }) else { return }
    stops.append(Stop(node: node, text: expression.span.text))
  }
}
