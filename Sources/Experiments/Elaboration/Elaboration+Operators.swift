import Glibc
import Graph
import SourceText
import Syntax
import Tensors

extension Elaboration {
  func unary(_ symbol: UnaryOperator, _ operand: Expression, in scope: Scope) throws(Diagnostic) -> Meaning {
    let meaning = try meaning(of: operand, in: scope)
    switch (symbol, meaning) {
    case (.not, .flag(let flag)): return .flag(!flag)
    case (.negate, .missing), (.not, .missing):
      throw Diagnostic("`\(operand.span.text.shortened)` was not recorded", at: operand.span)
    case (.negate, _):
      if let number = meaning.constant { return .number(-number) }
      let array = try array(meaning, at: operand.span)
      return ArrayOperand(node: -array.node, shape: array.shape).meaning
    case (.not, _):
      if let number = meaning.constant { return .flag(number == 0) }
      let array = try array(meaning, at: operand.span)
      return .array(array.node.equal(graph.scalar(0).broadcast(to: array.node.shape, axes: [])), array.shape)
    }
  }

  func binary(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, site: SourceSpan, whole: Expression, in scope: Scope
  ) throws(Diagnostic) -> Meaning {
    let first = try meaning(of: left, in: scope)
    // `and` and `or` do not look at their right side when the left decides: `runs > 0 and run("a").top1 > 30`.
    if let flag = first.constant.map({ $0 != 0 }), symbol == .and || symbol == .or, flag == (symbol == .or) { return .flag(flag) }
    let second = try meaning(of: right, in: scope)
    switch symbol {
    case .dot: return try dot(first, second, left.shapeSite, right.shapeSite, whole: whole)
    case .matrixProduct: return try matrixProduct(first, second, left.shapeSite, right.shapeSite, site: site)
    default:
      return try elementwise(
        symbol, first, second, leftSite: left.shapeSite, rightSite: right.shapeSite, operatorSite: site)
    }
  }

  /// `+ - * / ^`, comparisons, `and or`: entry by entry, with the broadcasting of `aligned`.
  func elementwise(
    _ symbol: BinaryOperator, _ left: Meaning, _ right: Meaning, leftSite: SourceSpan, rightSite: SourceSpan,
    operatorSite: SourceSpan
  ) throws(Diagnostic) -> Meaning {
    if let a = left.constant, let b = right.constant { return folded(symbol, a, b) }
    if let comparison = try comparedAsText(symbol, left, right, leftSite, rightSite) { return comparison }
    let (a, b, shape) = try aligned(
      try array(left, at: leftSite), try array(right, at: rightSite), leftSite, rightSite, symbol: symbol.rawValue)
    switch symbol {
    case .add: return .array(a + b, shape)
    case .subtract: return .array(a - b, shape)
    case .multiply: return .array(a * b, shape)
    case .divide: return .array(a / b, shape)
    case .power: return .array(a.power(b), shape)
    case .less: return .array(a.less(b), shape)
    case .lessOrEqual: return .array(a.lessOrEqual(b), shape)
    case .greater: return .array(b.less(a), shape)
    case .greaterOrEqual: return .array(b.lessOrEqual(a), shape)
    case .equal: return .array(a.equal(b), shape)
    case .notEqual: return .array(1 - a.equal(b), shape)
    case .and: return .array(truth(a) * truth(b), shape)
    case .or: return .array(truth(a).maximum(truth(b)), shape)
    case .dot, .matrixProduct: preconditionFailure("not element-wise")
    }
  }

  /// 1 where an entry is not 0.
  private func truth(_ node: Node) -> Node { 1 - node.equal(graph.scalar(0).broadcast(to: node.shape, axes: [])) }

  private func folded(_ symbol: BinaryOperator, _ a: Double, _ b: Double) -> Meaning {
    switch symbol {
    case .add: .number(a + b)
    case .subtract: .number(a - b)
    case .multiply, .dot, .matrixProduct: .number(a * b)
    case .divide: .number(a / b)
    case .power: .number(pow(a, b))
    case .less: .flag(a < b)
    case .lessOrEqual: .flag(a <= b)
    case .greater: .flag(a > b)
    case .greaterOrEqual: .flag(a >= b)
    case .equal: .flag(a == b)
    case .notEqual: .flag(a != b)
    case .and: .flag(a != 0 && b != 0)
    case .or: .flag(a != 0 || b != 0)
    }
  }

  /// More than anyone means; text that is doubled again and again must not take all memory.
  public static let longestText = 1_000_000

  private func comparedAsText(
    _ symbol: BinaryOperator, _ left: Meaning, _ right: Meaning, _ leftSite: SourceSpan, _ rightSite: SourceSpan
  ) throws(Diagnostic) -> Meaning? {
    switch (left, right) {
    case (.text(let a), .text(let b)) where symbol == .equal: return .flag(a == b)
    case (.text(let a), .text(let b)) where symbol == .notEqual: return .flag(a != b)
    case (.text(let a), .text(let b)) where symbol == .add:
      guard a.utf8.count + b.utf8.count <= Self.longestText else {
        throw Diagnostic("text of more than \(Self.longestText) bytes", at: leftSite.joined(with: rightSite))
      }
      return .text(a + b)
    case (.missing, _), (_, .missing):
      let site = if case .missing = left { leftSite } else { rightSite }
      throw Diagnostic("`\(site.text.shortened)` was not recorded, so it cannot be compared", at: site)
    default: return nil
    }
  }

  /// Both sides in one shape.
  ///
  /// A scalar goes with everything. A vector goes along the axis of its name: one of dim is added to every row of a batch × dim, one of batch scales
  /// or adds row by row; without names, along the last axis. Nothing else is stretched.
  func aligned(
    _ left: ArrayOperand, _ right: ArrayOperand, _ leftSite: SourceSpan, _ rightSite: SourceSpan, symbol: String
  ) throws(Diagnostic) -> (Node, Node, NamedShape) {
    if left.shape.agrees(with: right.shape) { return (left.node, right.node, left.shape.merged(with: right.shape)) }
    if left.shape.rank == 0 { return (left.node, right.node, right.shape) }
    if right.shape.rank == 0 { return (left.node, right.node, left.shape) }
    if right.shape.rank == 1, let axis = axis(of: right.shape.axes[0], in: left.shape) {
      return (left.node, right.node.broadcast(to: left.node.shape, axes: [axis]), left.shape)
    }
    if left.shape.rank == 1, let axis = axis(of: left.shape.axes[0], in: right.shape) {
      return (left.node.broadcast(to: right.node.shape, axes: [axis]), right.node, right.shape)
    }
    throw mismatch(left.shape, right.shape, leftSite, rightSite, symbol: symbol)
  }

  /// Which axis of `shape` a vector along `axis` runs along: the first of its name (so a vector of batch goes row by row through a
  /// batch × batch), else the last that agrees.
  private func axis(of axis: Axis, in shape: NamedShape) -> Int? {
    guard shape.rank >= 2 else { return nil }
    if axis.name != nil, let named = shape.axes.firstIndex(of: axis) {
      // A vector of dim meets the rows of a dim × dim, as it does those of a batch × dim.
      return axis.name == .batch ? named : shape.axes.lastIndex(of: axis)
    }
    guard let last = shape.axes.last, last.agrees(with: axis) else { return nil }
    return shape.rank - 1
  }

  func mismatch(
    _ left: NamedShape, _ right: NamedShape, _ leftSite: SourceSpan, _ rightSite: SourceSpan, symbol: String
  ) -> Diagnostic {
    let a = leftSite.text.shortened
    let b = rightSite.text.shortened
    let need =
      switch symbol {
      case "@": "`@` needs as many columns on its left as rows on its right"
      case "solve": "`solve` needs as many rows on its right as on its left"
      case "cat", "infonce", "lambda": "`\(symbol)` needs rows of one length"
      default: "`\(symbol)` needs two of one shape"
      }
    return Diagnostic(
      "`\(a)` is \(left), `\(b)` is \(right): \(need)", at: rightSite, related: [leftSite], hint: mismatchHint(left, right, rightSite))
  }

  private func mismatchHint(_ left: NamedShape, _ right: NamedShape, _ site: SourceSpan) -> String? {
    let names = [left.axes.last?.name, right.axes.last?.name]
    if names.contains(.feature), names.contains(.dim) {
      let isB = site.text.contains("fb") || site.text.contains("Zb") || site.text.contains("zb")
      return "`z\(isB ? "b" : "a")` is what the projector makes of `f\(isB ? "b" : "a")`"
    }
    if left.rank == 2, right.rank == 2, left.axes[0].agrees(with: right.axes[1]), left.axes[1].agrees(with: right.axes[0]) {
      return "`\(site.text.shortened)'` is its transpose"
    }
    return nil
  }

  /// The paper's dot: row by row, averaged over the batch; of two vectors the plain dot product.
  private func dot(
    _ left: Meaning, _ right: Meaning, _ leftSite: SourceSpan, _ rightSite: SourceSpan, whole: Expression
  ) throws(Diagnostic) -> Meaning {
    let a = try array(left, at: leftSite)
    let b = try array(right, at: rightSite)
    guard a.shape.rank > 0, b.shape.rank > 0 else {
      let (site, other) = a.shape.rank == 0 ? (leftSite, rightSite) : (rightSite, leftSite)
      let otherShape = a.shape.rank == 0 ? b.shape : a.shape
      throw Diagnostic(
        "`.` is the dot product of vectors, and `\(site.text.shortened)` is a number, `\(other.text.shortened)` \(otherShape)", at: site,
        related: [other], hint: "`*` multiplies by a number")
    }
    let (x, y, _) = try aligned(a, b, leftSite, rightSite, symbol: ".")
    return .array(rowDots(x, y).mean(), .scalar)
  }

  /// Row products of a batch ([M]); of two vectors one product.
  func rowDots(_ x: Node, _ y: Node) -> Node { (x * y).sum(axes: [x.shape.rank - 1]) }

  private func matrixProduct(
    _ left: Meaning, _ right: Meaning, _ leftSite: SourceSpan, _ rightSite: SourceSpan, site: SourceSpan
  ) throws(Diagnostic) -> Meaning {
    let a = try array(left, at: leftSite)
    let b = try array(right, at: rightSite)
    guard (1...2).contains(a.shape.rank), (1...2).contains(b.shape.rank) else {
      let isLeftOdd = !(1...2).contains(a.shape.rank)
      let (odd, other) = isLeftOdd ? (leftSite, rightSite) : (rightSite, leftSite)
      let (shape, otherShape) = isLeftOdd ? (a.shape, b.shape) : (b.shape, a.shape)
      throw Diagnostic(
        "`@` is the matrix product, and `\(odd.text.shortened)` is \(shape), `\(other.text.shortened)` \(otherShape)", at: odd, related: [other],
        hint: shape.rank == 0 ? "`*` multiplies by a number" : nil)
    }
    guard a.shape.axes[a.shape.rank - 1].agrees(with: b.shape.axes[0]) else {
      throw mismatch(a.shape, b.shape, leftSite, rightSite, symbol: "@")
    }
    let rows = a.shape.rank == 2 ? a.node : a.node.reshaped([1, a.node.shape[0]])
    let columns = b.shape.rank == 2 ? b.node : b.node.reshaped([b.node.shape[0], 1])
    let product = rows.matmul(columns, transposingSelf: false, transposingOther: false)
    let shape = NamedShape(Array(a.shape.axes.dropLast()) + Array(b.shape.axes.dropFirst()))
    return .array(product.reshaped(shape.shape), shape)
  }

  func transpose(_ operand: Expression, in scope: Scope) throws(Diagnostic) -> Meaning {
    let array = try array(try meaning(of: operand, in: scope), at: operand.span)
    guard array.shape.rank == 2 else {
      throw Diagnostic(
        "`'` transposes a matrix, and `\(operand.span.text.shortened)` is \(array.shape)", at: operand.span,
        hint: array.shape.rank == 1 ? "a vector needs no transpose: `x @ y` and `x . y` take it as it is" : nil)
    }
    return .array(array.node.transposed(), NamedShape(array.shape.axes.reversed()))
  }
}

extension Expression {
  /// The words that a shape is about: in `-Za . sg(fb)` they are `Za` and `fb`.
  fileprivate var shapeSite: SourceSpan {
    var inner = self
    while true {
      switch inner.kind {
      case .unary(.negate, let operand): inner = operand
      case .call(let callee, let arguments):
        guard case .name("sg") = callee.kind, arguments.count == 1 else { return inner.span }
        inner = arguments[0]
      default: return inner.span
      }
    }
  }
}
