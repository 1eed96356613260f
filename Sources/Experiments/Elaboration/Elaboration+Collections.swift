import Graph
import SourceText
import Syntax
import Tensors

extension Elaboration {
  /// More entries than anyone means; a slip in a range must not take all memory.
  static let longestRange = 1_000_000

  func list(_ items: [Expression], in scope: Scope) throws(Diagnostic) -> Meaning {
    var meanings: [Meaning] = []
    var entries = 0
    for item in items {
      meanings.append(try meaning(of: item, in: scope))
      try count(meanings[meanings.count - 1], in: &entries, at: item.span)
    }
    return .list(meanings)
  }

  /// `[E for x in L]`: E once for every item.
  func comprehension(
    _ body: Expression, _ variable: Binder, _ source: Expression, in scope: Scope
  ) throws(Diagnostic) -> [Meaning] {
    guard BuiltInName(variable.name) == nil else { throw Self.reserved(variable) }
    let items = try self.items(of: source, in: scope)
    var results: [Meaning] = []
    var entries = 0
    for item in items {
      if surroundings.stop?.isRequested == true { throw Experiment.interruption(at: body.span) }
      results.append(try meaning(of: body, in: binding(variable.name, to: item, in: scope)))
      try count(results[results.count - 1], in: &entries, at: body.span)
    }
    return results
  }

  /// More nodes than a formula has: what is written once may be asked for a million times.
  private static let mostNodes = 500_000

  /// Adds what a list's item holds to `entries`. A list of lists of lists would else grow beyond any memory in a few lines.
  private func count(_ item: Meaning, in entries: inout Int, at site: SourceSpan) throws(Diagnostic) {
    entries += item.entryCount
    guard entries <= Self.longestRange else {
      throw Diagnostic("a list of more than \(Self.longestRange) entries", at: site, hint: "an array holds more: `zeros(M, D)`, `randn(M, D)`")
    }
    guard graph.nodes.count <= Self.mostNodes else {
      throw Diagnostic("this makes a formula of more than \(Self.mostNodes) operations", at: site)
    }
  }

  /// What a loop runs over: the items of a list, the entries or rows of an array.
  func items(of source: Expression, in scope: Scope) throws(Diagnostic) -> [Meaning] {
    let meaning = try meaning(of: source, in: scope)
    switch meaning {
    case .list(let items): return items
    case .array(let node, let shape) where shape.rank >= 1:
      let inner = shape.removing(0)
      return (0..<shape.axes[0].size).map { .array(node.rows($0..<$0 + 1).reshaped(inner.shape), inner) }
    default:
      throw Diagnostic(
        "`\(source.span.text.shortened)` is \(meaning.kindText): a list or a range is needed here", at: source.span,
        hint: "`[0.1, 0.2]` and `1..3` are lists")
    }
  }

  /// `a..b`, `a..b step c`: both ends included.
  func range(
    _ low: Expression, _ high: Expression, _ step: Expression?, in scope: Scope
  ) throws(Diagnostic) -> [Double] {
    let first = try constant(low, in: scope)
    let last = try constant(high, in: scope)
    let increment = try step.map { step throws(Diagnostic) in try constant(step, in: scope) } ?? 1
    guard increment != 0, increment.isFinite, first.isFinite, last.isFinite else {
      throw Diagnostic("a range needs finite ends and a step other than 0", at: (step ?? high).span)
    }
    // Half a millionth of a step forgives the rounding of `0..1 step 0.1`.
    let count = ((last - first) / increment + 5e-7).rounded(.down) + 1
    guard count <= Double(Self.longestRange) else {
      throw Diagnostic(
        "a range of more than \(Self.longestRange) numbers", at: low.span.joined(with: high.span), hint: "a larger `step` makes it shorter")
    }
    return count < 1 ? [] : (0..<Int(count)).map { first + Double($0) * increment }
  }

  /// A number that must be known before anything is computed: a width, an index, an end of a range.
  func constant(_ expression: Expression, in scope: Scope) throws(Diagnostic) -> Double {
    let meaning = try meaning(of: expression, in: scope)
    guard let number = meaning.constant else {
      let what = if case .array(_, .scalar) = meaning { "a number that is computed" } else { meaning.kindText }
      throw Diagnostic(
        "`\(expression.span.text.shortened)` is \(what): a number known beforehand is needed here", at: expression.span)
    }
    return number
  }

  /// A whole number from 1 to `bound`.
  func position(_ expression: Expression, upTo bound: Int, of what: String, in scope: Scope) throws(Diagnostic) -> Int {
    let number = try constant(expression, in: scope)
    guard let index = Int(exactly: number), index >= 1, index <= bound else {
      throw Diagnostic(
        "`\(expression.span.text.shortened)` is no place in \(what): it has 1 to \(bound)", at: expression.span,
        hint: number == 0 ? "places are counted from 1, as in the paper" : nil)
    }
    return index
  }

  /// `X[1]`, `X[2..5, :]`, `Z[i]`.
  func index(
    _ base: Expression, _ subscripts: [Expression.Subscript], whole: Expression, in scope: Scope
  ) throws(Diagnostic) -> Meaning {
    if case .name("Z") = base.kind, scope.bindings["Z"] == nil { return try views(subscripts, at: whole.span, in: scope) }
    let meaning = try meaning(of: base, in: scope)
    if case .list(let items) = meaning, subscripts.count == 1, case .at(let place) = subscripts[0] {
      if let span = try span(of: place, upTo: items.count, of: base, in: scope) {
        if Tensor(literal: items) == nil { return .list(Array(items[span])) }
      } else if items.allSatisfy({ $0.constant != nil }) || Tensor(literal: items) == nil {
        // A number of a list stays a number: `run(runs("a")[2])`.
        return items[try position(place, upTo: items.count, of: "`\(base.span.text.shortened)`", in: scope) - 1]
      }
    }
    var operand = try array(meaning, at: base.span)
    guard subscripts.count <= operand.shape.rank else {
      throw Diagnostic(
        "`\(base.span.text.shortened)` is \(operand.shape): \(subscripts.count) indices are too many", at: whole.span)
    }
    // From the last axis to the first, so that a dropped axis does not shift the ones still to come.
    for (axis, place) in subscripts.enumerated().reversed() {
      guard case .at(let expression) = place else { continue }
      let extent = operand.shape.axes[axis].size
      if let span = try span(of: expression, upTo: extent, of: base, in: scope) {
        operand = slice(operand, axis: axis, span)
      } else {
        let index = try position(expression, upTo: extent, of: "`\(base.span.text.shortened)`", in: scope) - 1
        let sliced = slice(operand, axis: axis, index..<index + 1)
        let shape = operand.shape.removing(axis)
        operand = ArrayOperand(node: sliced.node.reshaped(shape.shape), shape: shape)
      }
    }
    return operand.meaning
  }

  /// The places of `2..5`, 0-based and half-open; nil for a single place.
  private func span(
    of place: Expression, upTo bound: Int, of base: Expression, in scope: Scope
  ) throws(Diagnostic) -> Range<Int>? {
    guard case .range(let low, let high, let step) = place.kind else { return nil }
    if let step { throw Diagnostic("a range of places has no step", at: step.span) }
    let what = "`\(base.span.text.shortened)`"
    let first = try position(low, upTo: bound, of: what, in: scope)
    let last = try position(high, upTo: bound, of: what, in: scope)
    guard first <= last else { throw Diagnostic("`\(place.span.text)` is empty: the first place comes first", at: place.span) }
    return first - 1..<last
  }

  private func slice(_ operand: ArrayOperand, axis: Int, _ span: Range<Int>) -> ArrayOperand {
    var axes = operand.shape.axes
    axes[axis] = Axis(axes[axis].name, span.count)
    let node: Node
    switch (axis, operand.shape.rank) {
    case (0, 1):
      let column = operand.node.reshaped([operand.node.shape[0], 1])
      node = column.rows(span).reshaped([span.count])
    case (0, _):
      // Rows of anything are rows of the matrix that has its first axis as rows.
      let width = operand.shape.removing(0).shape.count
      node = operand.node.reshaped([operand.node.shape[0], width]).rows(span).reshaped(NamedShape(axes).shape)
    default:
      // Places of any axis are columns of the matrix that has all axes before it as rows.
      let inner = operand.shape.axes[(axis + 1)...].reduce(1) { $0 * $1.size }
      let outer = operand.shape.axes[..<axis].reduce(1) { $0 * $1.size }
      let matrix = operand.node.reshaped([outer, operand.shape.axes[axis].size * inner])
      node = matrix.columns(span.lowerBound * inner..<span.upperBound * inner).reshaped(NamedShape(axes).shape)
    }
    return ArrayOperand(node: node, shape: NamedShape(axes))
  }

  /// `Z[1]`, or `Z[2..10]` as a list of views.
  private func views(_ subscripts: [Expression.Subscript], at site: SourceSpan, in scope: Scope) throws(Diagnostic) -> Meaning {
    guard subscripts.count == 1, case .at(let place) = subscripts[0] else {
      throw Diagnostic("`Z` takes one view number or a range of them", at: site, hint: "`Z[1]`, `Z[2..10]`; `Z[1][2, :]` is a row")
    }
    usesViewNumbers = true
    if case .range(let low, let high, let step) = place.kind {
      var views: [Meaning] = []
      for number in try range(low, high, step, in: scope) { views.append(try unitProjections(number, place, at: site)) }
      return .list(views)
    }
    return try unitProjections(try constant(place, in: scope), place, at: site)
  }

  private func unitProjections(_ number: Double, _ place: Expression, at site: SourceSpan) throws(Diagnostic) -> Meaning {
    guard let view = Int(exactly: number) else { throw Diagnostic("`\(place.span.text)` is no view number", at: place.span) }
    return try unitProjections(ofView: view, at: site)
  }

  /// `a in [x, y]`. The predicates of history queries mean nothing in a formula.
  func predicate(
    _ predicate: QueryPredicate, _ subject: Expression, _ operands: [Expression], whole: Expression, in scope: Scope
  ) throws(Diagnostic) -> Meaning {
    guard predicate == .isIn || predicate == .between || predicate == .isMissing else {
      throw Diagnostic("`\(predicate.rawValue)` is for `history where`", at: whole.span)
    }
    let value = try meaning(of: subject, in: scope)
    if predicate == .isMissing {
      if case .missing = value { return .flag(true) }
      return .flag(false)
    }
    if predicate == .between, operands.count == 2 {
      let low = try elementwise(
        .greaterOrEqual, value, try meaning(of: operands[0], in: scope), leftSite: subject.span, rightSite: operands[0].span,
        operatorSite: whole.span)
      let high = try elementwise(
        .lessOrEqual, value, try meaning(of: operands[1], in: scope), leftSite: subject.span, rightSite: operands[1].span,
        operatorSite: whole.span)
      return try elementwise(.and, low, high, leftSite: whole.span, rightSite: whole.span, operatorSite: whole.span)
    }
    var choices: [(Meaning, SourceSpan)] = []
    for operand in operands {
      if case .list(let items) = try meaning(of: operand, in: scope) {
        choices += items.map { ($0, operand.span) }
      } else {
        choices.append((try meaning(of: operand, in: scope), operand.span))
      }
    }
    for (choice, site) in choices {
      switch (value, choice) {
      case (.text(let a), .text(let b)): if a == b { return .flag(true) }
      case (_, _):
        guard let a = value.constant, let b = choice.constant else {
          throw Diagnostic("`in` compares numbers or text, and this is \(choice.kindText)", at: site)
        }
        if a == b { return .flag(true) }
      }
    }
    return .flag(false)
  }

  static func reserved(_ name: Binder) -> Diagnostic {
    Diagnostic(
      "`\(name.name)` has a meaning already: \(BuiltInName.summary(of: name.name) ?? "a name that Siam gives")", at: name.span,
      hint: "choose another name")
  }
}
