import Graph
import Networks
import SourceText
import Syntax

extension Elaboration {
  /// `f(x)`: a function, or a module applied.
  func call(
    _ whole: Expression, _ callee: Expression, _ arguments: [Expression], in scope: Scope
  ) throws(Diagnostic) -> Meaning {
    if case .name(let name) = callee.kind {
      if let function = FormulaFunction.named(name) { return try call(function, whole, arguments, callee.span, in: scope) }
      let isKnown = BuiltInName(name) != nil || moduleNames.contains(name) || surroundings.definitions.names.contains(name)
      guard isKnown || scope.bindings[name] != nil else { throw unknownFunction(name, at: callee.span) }
    }
    let meaning = try meaning(of: callee, in: scope)
    guard case .module(let module, let isFrozen) = meaning else {
      throw Diagnostic(
        "`\(callee.span.text.shortened)` is \(meaning.kindText), not a function", at: callee.span,
        hint: "`*` multiplies: `\(callee.span.text.shortened) * (…)`")
    }
    return try apply(module, isFrozen: isFrozen, to: arguments, whole, in: scope)
  }

  private func call(
    _ function: FormulaFunction, _ whole: Expression, _ arguments: [Expression], _ site: SourceSpan, in scope: Scope
  ) throws(Diagnostic) -> Meaning {
    guard function.arguments.contains(arguments.count) else {
      let few = arguments.count < function.arguments.lowerBound
      throw Diagnostic(
        "`\(function.name)` has too \(few ? "few" : "many") arguments: \(arguments.count)", at: whole.span,
        hint: "`\(function.signature)`: \(function.summary)")
    }
    return try function.build(
      FunctionCall(function: function, elaboration: self, expression: whole, arguments: arguments, scope: scope))
  }

  /// `h(x)`: x must be as long as the module's input.
  private func apply(
    _ module: Module, isFrozen: Bool, to arguments: [Expression], _ whole: Expression, in scope: Scope
  ) throws(Diagnostic) -> Meaning {
    guard arguments.count == 1 else {
      throw Diagnostic("`\(module.name)` takes one batch, not \(arguments.count)", at: whole.span, hint: "`\(module.name)(za)`")
    }
    let input = try array(try meaning(of: arguments[0], in: scope), at: arguments[0].span)
    guard input.shape.rank == 2, [input.shape.axes[1].size] == module.inputShape else {
      throw Diagnostic(
        "`\(module.name)` takes a batch of vectors \(module.inputShape) long, and `\(arguments[0].span.text.shortened)` is \(input.shape)",
        at: arguments[0].span, related: callee(of: whole), hint: modulesTaking(input.shape).map { "`\($0)` takes such a batch" })
    }
    let views = try requireViews()
    let output = views.apply(module, to: input.node, frozen: isFrozen)
    let axis: AxisName = module.outputWidth == views.model.dim ? .dim : .named(module.name)
    return .array(output, NamedShape([input.shape.axes[0], Axis(axis, output.shape[1])]))
  }

  /// The module's name, as it was typed.
  private func callee(of call: Expression) -> [SourceSpan] {
    if case .call(let callee, _) = call.kind { [callee.span] } else { [] }
  }

  /// The name of a module for batches of this shape.
  private func modulesTaking(_ shape: NamedShape) -> String? {
    guard shape.rank == 2, let views else { return nil }
    return moduleNames.first { views.model.module(named: $0)?.inputShape == [shape.axes[1].size] }
  }

  /// What other libraries and papers call it.
  private static let otherWords = [
    "stopgrad": "sg(x)", "stop_gradient": "sg(x)", "detach": "sg(x)", "tr": "trace(X)", "log_softmax": "X - logsumexp(X)",
    "logsoftmax": "X - logsumexp(X)", "cosine": "cos(x, y)", "cosine_similarity": "cos(x, y)", "cossim": "cos(x, y)", "l2": "normalize(X)",
    "inv": "solve(A, B)", "det": "logdet(X)", "eig": "eigenvalues(X)", "svd": "svdvals(X)", "erank": "rank(X)", "concat": "cat(X, Y)",
    "exit": "quit"
  ]

  private func unknownFunction(_ name: String, at site: SourceSpan) -> Diagnostic {
    if let ours = Self.otherWords[name] {
      return Diagnostic("there is no function `\(name)`", at: site, hint: "here it is `\(ours)`")
    }
    let candidates = FormulaFunction.names + moduleNames
    return Diagnostic(
      "there is no function `\(name.shortened)`", at: site,
      hint: NearestNames.question(for: name, among: candidates)
        ?? "`module \(name.shortened) = …` makes a trainable one; `help functions` lists the rest")
  }

  /// `run("a").top1`
  func member(_ member: String, of base: Expression, at site: SourceSpan, in scope: Scope) throws(Diagnostic) -> Meaning {
    guard case .call(let callee, let arguments) = base.kind, case .name("run") = callee.kind, arguments.count == 1 else {
      throw Diagnostic("only a run has members", at: site, hint: "`run(\"a\").top1`")
    }
    let facts = try run(arguments[0], in: scope)
    if let value = facts.fact(member) { return meaning(of: value, identity: 0) }
    guard facts.factNames.contains(member) else {
      throw Diagnostic(
        "a run has no `\(member)`", at: site,
        hint: NearestNames.question(for: member, among: facts.factNames) ?? "`history` lists what a run has")
    }
    return .missing
  }

  /// `mo of "a"`: the values of a metric in the order of steps.
  func series(_ metric: Binder, of run: Expression, in scope: Scope) throws(Diagnostic) -> Meaning {
    let facts = try self.run(run, in: scope)
    let values = facts.series(metric.name)
    guard !values.isEmpty else {
      throw Diagnostic(
        "`\(run.span.text.shortened)` has recorded no `\(metric.name)`", at: metric.span,
        hint: NearestNames.question(for: metric.name, among: facts.factNames))
    }
    return .list(values.map { .number($0) })
  }

  private func run(_ expression: Expression, in scope: Scope) throws(Diagnostic) -> any RunFacts {
    dependencies.areMore = true
    let name: String
    switch try meaning(of: expression, in: scope) {
    case .text(let text):
      if let facts = surroundings.runs?.run(named: text) { return facts }
      name = text
    case .number(let number):
      guard let whole = Int64(exactly: number) else {
        throw Diagnostic("a run's number is whole, and this is \(Value.number(number).text)", at: expression.span, hint: "`run(\"a\")`")
      }
      if let facts = surroundings.runs?.run(numbered: whole) { return facts }
      name = "\(whole)"
    case let other:
      throw Diagnostic("a run is named by text or number, and this is \(other.kindText)", at: expression.span, hint: "`run(\"a\")`")
    }
    let names = surroundings.runs?.runNames ?? []
    throw Diagnostic(
      "there is no run `\(name.shortened)`", at: expression.span,
      hint: NearestNames.question(for: name, among: names)
        ?? (names.isEmpty ? "`train as \"\(name)\"` makes one" : "there are: " + names.prefix(8).map { "`\($0)`" }.joined(separator: ", ")))
  }

  /// What a bare name asks of the session's latest run.
  static let recordedFacts = RecordedFact.allCases.map(\.rawValue)

  /// `collapsed`, `verdict`, `top1`: of the session's latest run.
  func recordedFact(_ name: String) -> Meaning? {
    guard Self.recordedFacts.contains(name), let runs = surroundings.runs, let latest = runs.run(named: "") else {
      return nil
    }
    return latest.fact(name).map { meaning(of: $0, identity: 0) }
  }
}
