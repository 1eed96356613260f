import Graph
import SourceText
import Syntax
import Tensors

/// One call of a function: its arguments, still unread, and where it stands.
struct FunctionCall {
  let function: FormulaFunction
  let elaboration: Elaboration
  let expression: Expression
  let arguments: [Expression]
  let scope: Scope

  var graph: Graph { elaboration.graph }
  var count: Int { arguments.count }
  var site: SourceSpan { expression.span }

  func site(_ index: Int) -> SourceSpan { arguments[index].span }
  func words(_ index: Int) -> String { site(index).text.shortened }

  func meaning(_ index: Int) throws(Diagnostic) -> Meaning { try elaboration.meaning(of: arguments[index], in: scope) }

  func array(_ index: Int) throws(Diagnostic) -> ArrayOperand { try elaboration.array(try meaning(index), at: site(index)) }

  /// A batch of vectors, or any matrix.
  func matrix(_ index: Int) throws(Diagnostic) -> ArrayOperand {
    let array = try array(index)
    guard array.shape.rank == 2 else {
      throw Diagnostic(
        "`\(function.name)` takes a matrix, and `\(words(index))` is \(array.shape)", at: site(index), hint: "`\(function.signature)`")
    }
    return array
  }

  /// A square matrix.
  func square(_ index: Int) throws(Diagnostic) -> ArrayOperand {
    let array = try matrix(index)
    guard array.shape.axes[0].size == array.shape.axes[1].size else {
      throw Diagnostic(
        "`\(function.name)` takes a square matrix, and `\(words(index))` is \(array.shape)", at: site(index),
        hint: "`cov(X)` is dim × dim, `gram(X)` is batch × batch")
    }
    return array
  }

  /// A vector or a matrix.
  func vectors(_ index: Int) throws(Diagnostic) -> ArrayOperand {
    let array = try array(index)
    guard array.shape.rank > 0 else {
      throw Diagnostic("`\(function.name)` takes vectors, and `\(words(index))` is a number", at: site(index), hint: "`\(function.signature)`")
    }
    return array
  }

  /// Two arguments in one shape, with the operators' broadcasting.
  func pair(_ first: Int, _ second: Int) throws(Diagnostic) -> (Node, Node, NamedShape) {
    try elaboration.aligned(
      try vectors(first), try vectors(second), site(first), site(second), symbol: function.name)
  }

  /// Two batches with equally long rows (of any number).
  func sameRowLength(_ first: Int, _ second: Int) throws(Diagnostic) -> (ArrayOperand, ArrayOperand) {
    let x = try matrix(first)
    let y = try matrix(second)
    guard x.shape.axes[1].agrees(with: y.shape.axes[1]) else {
      throw elaboration.mismatch(x.shape, y.shape, site(first), site(second), symbol: function.name)
    }
    return (x, y)
  }

  /// A number that may be a node (a temperature that is trained, or swept by `against`).
  func scalar(_ index: Int) throws(Diagnostic) -> Node {
    let array = try array(index)
    guard array.shape.rank == 0 else {
      throw Diagnostic("`\(words(index))` is \(array.shape): `\(function.name)` needs a number here", at: site(index))
    }
    return array.node
  }

  /// A whole number known now, at least `least`.
  func size(_ index: Int, atLeast least: Int = 1) throws(Diagnostic) -> Int {
    let number = try elaboration.constant(arguments[index], in: scope)
    guard let size = Int(exactly: number), size >= least, size <= 1 << 30 else {
      throw Diagnostic("`\(words(index))` is no size: a whole number from \(least) is needed", at: site(index))
    }
    return size
  }

  /// An axis given by name (`batch`, `dim`, `feature`) or number (from 1).
  func axis(_ index: Int, of operand: ArrayOperand) throws(Diagnostic) -> Int {
    if case .name(let name) = arguments[index].kind, scope.bindings[name] == nil {
      if let found = operand.shape.axes.firstIndex(where: { $0.name?.text == name }) { return found }
      if ["batch", "dim", "feature"].contains(name) {
        throw Diagnostic("`\(words(0))` is \(operand.shape): it has no axis `\(name)`", at: site(index), related: [site(0)])
      }
    }
    return try elaboration.position(
      arguments[index], upTo: operand.shape.rank, of: "the axes of `\(words(0))`", in: scope) - 1
  }
}
