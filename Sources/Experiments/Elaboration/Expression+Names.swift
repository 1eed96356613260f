import SourceText
import Syntax

extension Expression {
  /// The names that a formula reads and those that it calls.
  var everyName: Set<String> { Set(mentionedNames + calledNames) }
}

extension Definitions {
  /// An expression with every formula of the user's in its place, `oe` and `re` written as center and residual of `Ge`: what the
  /// history keeps beside the text as typed.
  ///
  /// - throws: a diagnostic when the whole would grow out of hand.
  public func expanded(_ expression: Expression) throws(Diagnostic) -> Expression {
    var written: [String: Expression] = [:]
    // Inner definitions first: a formula is ready once all that it mentions are. Cycles are found by the elaboration, and stay as names here.
    var waiting = formulas.values.sorted { $0.name < $1.name }
    var isProgressing = true
    while isProgressing {
      isProgressing = false
      for formula in waiting where formula.expression.everyName.isDisjoint(with: waiting.map(\.name)) {
        written[formula.name] = try Self.bounded(formula.expression.replacing(extended(written)))
        waiting.removeAll { $0.name == formula.name }
        isProgressing = true
      }
    }
    return try Self.bounded(expression.replacing(extended(written)))
  }

  /// With `oe` and `re`, once `Ge` is known.
  private func extended(_ written: [String: Expression]) -> [String: Expression] {
    guard let extra = written["Ge"] else { return written }
    var all = written
    for (name, function) in [("oe", "center"), ("re", "residual")] {
      let callee = Expression(.name(function), span: extra.span)
      all[name] = Expression(.call(callee, arguments: [extra]), span: extra.span)
    }
    return all
  }

  private static let mostNodes = 20_000

  private static func bounded(_ expression: Expression) throws(Diagnostic) -> Expression {
    var count = 0
    var rest = [expression]
    while let next = rest.popLast() {
      count += 1
      rest += next.kind.children
      guard count <= mostNodes else {
        throw Diagnostic("written out, this has more than \(mostNodes) parts", at: expression.span)
      }
    }
    return expression
  }
}
