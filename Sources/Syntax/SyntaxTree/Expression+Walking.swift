extension Expression {
  /// Visits every node, parents first, in source order; what is filled into a string as well.
  public func walk(_ visit: (Expression) -> Void) {
    visit(self)
    for child in kind.children + filledIn { child.walk(visit) }
  }

  /// The names that the formula reads from around it, in the order of their first mention. The variable of a comprehension is
  /// its own, and the name of a called function is in `calledNames`.
  public var mentionedNames: [String] {
    var collector = NameCollector()
    collector.visit(self)
    return collector.mentioned
  }

  /// The functions and modules that the formula calls, in the order of their first mention.
  public var calledNames: [String] {
    var collector = NameCollector()
    collector.visit(self)
    return collector.called
  }
}

private struct NameCollector {
  var mentioned: [String] = []
  var called: [String] = []
  /// The variables of the comprehensions around the node.
  private var bound: [String] = []

  mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .name(let name):
      if !bound.contains(name), !mentioned.contains(name) { mentioned.append(name) }
    case .call(let callee, let arguments):
      if case .name(let name) = callee.kind {
        if !called.contains(name) { called.append(name) }
      } else {
        visit(callee)
      }
      for argument in arguments { visit(argument) }
    case .comprehension(let body, let variable, let source):
      visit(source)
      bound.append(variable.name)
      visit(body)
      bound.removeLast()
    default:
      for child in expression.kind.children + expression.filledIn { visit(child) }
    }
  }
}
