import Graph
import Kernels
import SourceText
import Syntax
import Tensors

extension FunctionCall {
  /// The shape that `randn(M, D)` asks for: `M` and `D` name their axes.
  fileprivate func requestedShape() throws(Diagnostic) -> NamedShape {
    var axes: [Axis] = []
    for index in 0..<count {
      let size = try size(index)
      switch arguments[index].kind {
      case .name("M"): axes.append(Axis(.batch, size))
      case .name("D"): axes.append(Axis(.dim, size))
      default: axes.append(Axis(nil, size))
      }
    }
    let entries = axes.reduce(1.0) { $0 * Double($1.size) }
    guard entries <= 1e9 else {
      throw Diagnostic("`\(site.text.shortened)` would have \(NumberWords.count(entries)) entries: more than fit", at: site)
    }
    return NamedShape(axes)
  }

  /// Each written `randn` has a stream of its own, named by the definition it stands in and its place among the draws there.
  fileprivate func stream() -> RandomStream {
    elaboration.drawsNumbers = true
    elaboration.dependencies.areMore = true
    let place = scope.owner.expression.drawingCalls(before: site.range.lowerBound)
    return RandomStream(seed: elaboration.surroundings.seed, name: "draw/\(scope.owner.name)/\(place)")
  }

  fileprivate func filled(_ value: Double) throws(Diagnostic) -> Meaning {
    let shape = try requestedShape()
    return .array(graph.scalar(value).broadcast(to: shape.shape, axes: []), shape)
  }
}

/// Counts in words.
enum NumberWords {
  static func count(_ number: Double) -> String { number < 1e15 ? String(Int(number)) : "over 10¹⁵" }
}

extension Expression {
  /// How many `randn` and `rand` are written before a byte offset.
  fileprivate func drawingCalls(before offset: Int) -> Int {
    var found = 0
    var rest = [self]
    while let next = rest.popLast() {
      if case .call(let callee, _) = next.kind, case .name(let name) = callee.kind, name == "randn" || name == "rand",
        next.span.range.lowerBound < offset
      {
        found += 1
      }
      rest += next.kind.children
    }
    return found
  }
}

extension FormulaFunction {
  /// Arrays from nothing.
  static let making: [FormulaFunction] = [
    FormulaFunction(
      "randn(M, D)", "standard normal numbers; each written `randn` draws once a step from a stream of its own", example: "print shape(randn(2, 3))",
      prints: "[2, 3]", arguments: 0...4
    ) { call throws(Diagnostic) in
      let shape = try call.requestedShape()
      return .array(call.graph.normal(shape.shape, stream: call.stream()), shape)
    },
    FormulaFunction(
      "rand(M, D)", "uniform numbers in [0, 1)", example: "print shape(rand(4))", prints: "[4]", arguments: 0...4
    ) { call throws(Diagnostic) in
      let shape = try call.requestedShape()
      return .array(call.graph.uniform(shape.shape, stream: call.stream()), shape)
    },
    FormulaFunction("zeros(M, D)", "all entries 0", example: "print zeros(2, 2)", prints: "[[0, 0], [0, 0]]", arguments: 1...4) {
      call throws(Diagnostic) in try call.filled(0)
    },
    FormulaFunction("ones(M, D)", "all entries 1", example: "print ones(3)", prints: "[1, 1, 1]", arguments: 1...4) {
      call throws(Diagnostic) in try call.filled(1)
    },
    FormulaFunction("eye(D)", "the identity matrix", example: "print eye(2)", prints: "[[1, 0], [0, 1]]", arguments: 1...1) {
      call throws(Diagnostic) in
      let size = try call.size(0)
      guard size <= 20_000 else { throw Diagnostic("`\(call.site.text)` would not fit", at: call.site) }
      return .array(
        call.graph.scalar(1).broadcast(to: [size], axes: []).diagonalMatrix(), NamedShape([Axis(nil, size), Axis(nil, size)]))
    },
    FormulaFunction("shape(X)", "the extents of X, a list", example: "print shape([[1, 2, 3]])", prints: "[1, 3]", arguments: 1...1) {
      call throws(Diagnostic) in .list(try call.array(0).shape.axes.map { .number(Double($0.size)) })
    }
  ]

  /// Series of past runs.
  static let records: [FormulaFunction] = [
    FormulaFunction(
      "run(NAME)", "a past run; its settings and metrics are its members", example: "print run(\"a\").top1", prints: "33.1", arguments: 1...1
    ) {
      call throws(Diagnostic) in
      throw Diagnostic("a run is no value by itself", at: call.site, hint: "`run(\"a\").top1` is one of its numbers")
    },
    FormulaFunction(
      "runs(NAME)", "the numbers of this session's runs of that name, in the order of training; a list", example: "print runs(\"a\")",
      prints: "[1, 2, 3]",
      arguments: 1...1
    ) {
      call throws(Diagnostic) in
      guard case .text(let name) = try call.meaning(0) else {
        throw Diagnostic("`runs` takes a name in quotes", at: call.site(0), hint: "`runs(\"a\")`")
      }
      call.elaboration.dependencies.areMore = true
      return .list((call.elaboration.surroundings.runs?.runNumbers(named: name) ?? []).map { .number(Double($0)) })
    },
    FormulaFunction("first(SERIES)", "first of a run's series, or of a list", example: "print first([3, 1, 2])", prints: "3", arguments: 1...1) {
      call throws(Diagnostic) in try call.entry(first: true)
    },
    FormulaFunction("last(SERIES)", "last of a run's series, or of a list", example: "print last([3, 1, 2])", prints: "2", arguments: 1...1) {
      call throws(Diagnostic) in try call.entry(first: false)
    }
  ]
}

extension FunctionCall {
  fileprivate func entry(first: Bool) throws(Diagnostic) -> Meaning {
    let items = try elaboration.items(of: arguments[0], in: scope)
    guard let item = first ? items.first : items.last else { throw Diagnostic("`\(words(0))` is an empty list", at: site(0)) }
    return item
  }
}
