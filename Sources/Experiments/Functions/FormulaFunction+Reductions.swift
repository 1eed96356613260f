import Graph
import SourceText
import Syntax
import Tensors

extension FunctionCall {
  enum Reduction {
    case sum, mean, minimum, maximum

    func callAsFunction(_ node: Node, _ axes: [Int]) -> Node {
      switch self {
      case .sum: node.sum(axes: axes)
      case .mean: node.mean(axes: axes)
      case .minimum: node.minimum(axes: axes)
      case .maximum: node.maximum(axes: axes)
      }
    }

    func callAsFunction(_ numbers: [Double]) -> Double {
      switch self {
      case .sum: numbers.reduce(0, +)
      case .mean: numbers.reduce(0, +) / Double(numbers.count)
      case .minimum: numbers.contains(where: \.isNaN) ? .nan : numbers.min() ?? .nan
      case .maximum: numbers.contains(where: \.isNaN) ? .nan : numbers.max() ?? .nan
      }
    }

    func callAsFunction(_ left: Node, _ right: Node) -> Node {
      switch self {
      case .sum, .mean: left + right
      case .minimum: left.minimum(right)
      case .maximum: left.maximum(right)
      }
    }
  }

  /// Over all entries, along an axis, or over the items of a list (`mean(Z[2..10])`, `sum(E for i in 1..N)`).
  func reduced(_ reduction: Reduction) throws(Diagnostic) -> Meaning {
    let meaning = try meaning(0)
    if count == 1, let number = meaning.constant { return .number(number) }
    if count == 1, case .list(let items) = meaning {
      let numbers = items.compactMap(\.constant)
      if numbers.count == items.count, !items.isEmpty { return .number(reduction(numbers)) }
      if Tensor(literal: items) == nil { return try overItems(items, reduction) }
    }
    let operand = try elaboration.array(meaning, at: site(0))
    guard count == 2 else { return .array(reduction(operand.node, Array(0..<operand.shape.rank)), .scalar) }
    let axis = try axis(1, of: operand)
    return .array(reduction(operand.node, [axis]), operand.shape.removing(axis))
  }

  private func overItems(_ items: [Meaning], _ reduction: Reduction) throws(Diagnostic) -> Meaning {
    guard let first = items.first else { throw Diagnostic("`\(words(0))` is an empty list", at: site(0)) }
    var total = try elaboration.array(first, at: site(0))
    for item in items.dropFirst() {
      let next = try elaboration.array(item, at: site(0))
      let (a, b, shape) = try elaboration.aligned(total, next, site(0), site(0), symbol: function.name)
      total = ArrayOperand(node: reduction(a, b), shape: shape)
    }
    if case .mean = reduction { total = ArrayOperand(node: total.node * (1 / Double(items.count)), shape: total.shape) }
    return total.meaning
  }

  /// `var`, `std`: along the batch by default, divided by M-1.
  func variance() throws(Diagnostic) -> ArrayOperand {
    let x = try vectors(0)
    let axis = count == 2 ? try self.axis(1, of: x) : 0
    let extent = x.shape.axes[axis].size
    guard extent > 1 else {
      throw Diagnostic("`\(function.name)` divides by one less than the rows, and `\(words(0))` has 1", at: site(0))
    }
    let rest = (0..<x.shape.rank).filter { $0 != axis }
    let deviation = x.node - x.node.mean(axes: [axis]).broadcast(to: x.node.shape, axes: rest)
    return ArrayOperand(
      node: (deviation * deviation).sum(axes: [axis]) * (1 / Double(extent - 1)), shape: x.shape.removing(axis))
  }
}

extension FunctionCall {
  /// `max(X)`, `max(X, dim)`, and the larger of two, entry by entry: `max(0, 1 - x)` is a hinge.
  func extreme(_ reduction: Reduction) throws(Diagnostic) -> Meaning {
    guard count == 2, try !secondIsAxis() else { return try reduced(reduction) }
    let (first, second) = (try meaning(0), try meaning(1))
    if let a = first.constant, let b = second.constant { return .number(reduction([a, b])) }
    let (a, b, shape) = try elaboration.aligned(
      try elaboration.array(first, at: site(0)), try elaboration.array(second, at: site(1)), site(0), site(1), symbol: function.name)
    return .array(reduction(a, b), shape)
  }

  /// An axis is a name, or a whole number that the first argument has as an axis.
  private func secondIsAxis() throws(Diagnostic) -> Bool {
    if case .name(let name) = arguments[1].kind, scope.bindings[name] == nil, ["batch", "dim", "feature"].contains(name) { return true }
    guard case .number(let number) = arguments[1].kind, let axis = Int(exactly: number) else { return false }
    let rank = try array(0).shape.rank
    return axis >= 1 && axis <= rank
  }
}

extension FormulaFunction {
  static let reductions: [FormulaFunction] = [
    FormulaFunction(
      "sum(X)", "sum over all entries; sum(X, batch), sum(X, 1) along an axis; sum(E for i in 1..N)",
      example: "print sum([[1, 2], [3, 4]], 1)", prints: "[4, 6]", arguments: 1...2
    ) { call throws(Diagnostic) in try call.reduced(.sum) },
    FormulaFunction(
      "mean(X)", "mean over all entries, or along an axis; of a list of views, their average", example: "print mean([1, 2, 3])", prints: "2",
      arguments: 1...2
    ) { call throws(Diagnostic) in try call.reduced(.mean) },
    FormulaFunction(
      "min(X)", "smallest entry, or along an axis; min(X, Y) of two, entry by entry", example: "print min([[1, 2], [3, 0]], 2)", prints: "[1, 0]",
      arguments: 1...2
    ) { call throws(Diagnostic) in try call.extreme(.minimum) },
    FormulaFunction(
      "max(X)", "largest entry, or along an axis; max(0, X) of two, entry by entry", example: "print max([1, 3, 2])", prints: "3", arguments: 1...2
    ) { call throws(Diagnostic) in try call.extreme(.maximum) },
    FormulaFunction(
      "var(X)", "variance along the batch (or an axis), divided by M-1", example: "print var([[1, 0], [3, 0]])", prints: "[2, 0]",
      arguments: 1...2
    ) { call throws(Diagnostic) in try call.variance().meaning },
    FormulaFunction(
      "std(X)", "standard deviation along the batch (or an axis), divided by M-1", example: "print std([[1, 0], [9, 0]])",
      prints: "[5.65685, 0]", paper: "Std of Tables 1 and 3", arguments: 1...2
    ) { call throws(Diagnostic) in
      let variance = try call.variance()
      return .array(variance.node.sqrt(), variance.shape)
    }
  ]
}
