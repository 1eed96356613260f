import Graph
import SourceText
import Tensors

/// A node with the names of its axes.
struct ArrayOperand {
  let node: Node
  let shape: NamedShape

  var meaning: Meaning { .array(node, shape) }
}

extension Elaboration {
  /// A meaning as an array: numbers become scalars, lists of numbers become tensors.
  func array(_ meaning: Meaning, at site: SourceSpan) throws(Diagnostic) -> ArrayOperand {
    switch meaning {
    case .array(let node, let shape): return ArrayOperand(node: node, shape: shape)
    case .number(let number): return ArrayOperand(node: graph.scalar(number), shape: .scalar)
    case .flag(let flag): return ArrayOperand(node: graph.scalar(flag ? 1 : 0), shape: .scalar)
    case .list(let items): return try stacked(items, at: site)
    case .text, .module, .missing:
      throw Diagnostic("`\(site.text.shortened)` is \(meaning.kindText): a number or an array is needed here", at: site)
    }
  }

  /// A list whose items have one shape, as one array with a new first axis.
  private func stacked(_ items: [Meaning], at site: SourceSpan) throws(Diagnostic) -> ArrayOperand {
    guard !items.isEmpty else { throw Diagnostic("an empty list has no shape", at: site) }
    for item in items {
      guard case .text = item else { continue }
      throw Diagnostic("`\(site.text.shortened)` holds text: numbers or arrays are needed here", at: site)
    }
    if let literal = Tensor(literal: items) {
      let node = graph.tensor(literal, identity: identity(ofLiteral: literal))
      return ArrayOperand(node: node, shape: NamedShape(literal.shape.extents.map { Axis(nil, $0) }))
    }
    var operands: [ArrayOperand] = []
    for item in items { operands.append(try array(item, at: site)) }
    let first = operands[0].shape
    if let odd = operands.first(where: { !$0.shape.agrees(with: first) }) {
      throw Diagnostic("a list needs entries of one shape: the first is \(first), another \(odd.shape)", at: site)
    }
    let row = Shape([1, first.shape.count])
    let stacked = graph.concatenate(operands.map { $0.node.reshaped(row) })
    let shape = NamedShape([Axis(nil, items.count)] + first.axes)
    return ArrayOperand(node: stacked.reshaped(shape.shape), shape: shape)
  }
}

extension Tensor {
  /// A nest of number lists with equal lengths; nil where it is anything else.
  init?(literal items: [Meaning]) {
    var level = items
    var extents: [Int] = []
    // One level at a time, so that no depth of nesting matters.
    while true {
      extents.append(level.count / extents.reduce(1, *))
      if level.allSatisfy({ $0.constant != nil }) { break }
      var lists: [[Meaning]] = []
      for item in level {
        guard case .list(let inner) = item, !inner.isEmpty, lists.first.map({ $0.count == inner.count }) ?? true else { return nil }
        lists.append(inner)
      }
      level = lists.flatMap { $0 }
    }
    self.init(shape: Shape(extents), values: level.compactMap { $0.constant.map(Float.init) })
  }
}
