import SourceText

extension Expression {
  /// The formula with the definitions of names in their places.
  ///
  /// What is put in keeps its own span. Called names and the variables of comprehensions are not replaced; a variable that
  /// would capture a name of what is put in gets underscores.
  ///
  /// - Throws: a diagnostic at this formula when the tree would grow higher than `Parser.deepestTree`.
  public func replacing(_ definitions: [String: Expression]) throws(Diagnostic) -> Expression {
    let replaced = try replaced(definitions)
    guard replaced.height <= Parser.deepestTree else {
      throw Diagnostic("nested deeper than \(Parser.deepestTree) levels, with the definitions in their places", at: span)
    }
    return replaced
  }

  private func replaced(_ definitions: [String: Expression]) throws(Diagnostic) -> Expression {
    switch kind {
    case .number, .string: return self
    case .name(let name): return definitions[name] ?? self
    case .comprehension(let body, let variable, let source):
      return try comprehension(body, variable, source, definitions)
    case .call(let callee, let arguments):
      let newCallee = callee.isName ? callee : try callee.replacing(definitions)
      return Expression(.call(newCallee, arguments: try Self.replaced(arguments, definitions)), span: span)
    default: return Expression(try replacedKind(definitions), span: span)
    }
  }

  private static func replaced(
    _ expressions: [Expression], _ definitions: [String: Expression]
  ) throws(Diagnostic) -> [Expression] {
    var result: [Expression] = []
    for expression in expressions { result.append(try expression.replacing(definitions)) }
    return result
  }

  /// The kinds that bind nothing: their children are replaced one by one.
  private func replacedKind(_ definitions: [String: Expression]) throws(Diagnostic) -> Kind {
    let children = try Self.replaced(kind.children, definitions)
    switch kind {
    case .number, .string, .name, .comprehension, .call: return kind
    case .list: return .list(children)
    case .member(_, let name): return .member(children[0], name)
    case .series(let metric, _): return .series(metric: metric, of: children[0])
    case .unary(let operation, _): return .unary(operation, children[0])
    case .transpose: return .transpose(children[0])
    case .binary(let operation, _, _, let sign): return .binary(operation, children[0], children[1], operator: sign)
    case .range: return .range(children[0], children[1], step: children.count > 2 ? children[2] : nil)
    case .predicate(let predicate, _, _): return .predicate(predicate, children[0], Array(children.dropFirst()))
    case .index(_, let subscripts):
      var next = children.dropFirst().makeIterator()
      return .index(children[0], subscripts.map { old in old.isAll ? old : next.next().map(Subscript.at) ?? old })
    }
  }

  private func comprehension(
    _ body: Expression, _ variable: Binder, _ source: Expression, _ definitions: [String: Expression]
  ) throws(Diagnostic) -> Expression {
    let newSource = try source.replacing(definitions)
    var inner = definitions
    inner[variable.name] = nil
    let mentioned = Set(body.mentionedNames)
    let captured = inner.filter { mentioned.contains($0.key) }.reduce(into: Set<String>()) { $0.formUnion($1.value.mentionedNames) }
    guard captured.contains(variable.name) else {
      let kind = Kind.comprehension(try body.replacing(inner), variable: variable, source: newSource)
      return Expression(kind, span: span)
    }
    var fresh = variable.name + "_"
    while captured.contains(fresh) || mentioned.contains(fresh) { fresh += "_" }
    inner[variable.name] = Expression(.name(fresh), span: variable.span)
    let renamed = Kind.comprehension(
      try body.replacing(inner), variable: Binder(fresh, variable.span), source: newSource)
    return Expression(renamed, span: span)
  }
}
