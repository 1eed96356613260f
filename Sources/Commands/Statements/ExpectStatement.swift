import Experiments
import SourceText
import Syntax
import Tensors

/// `expect collapsed`
enum ExpectStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "expect", signature: "expect EXPR [on train|test|N batches]", summary: "fail the script, with the values found, when it is false",
    examples: ["expect abs(3 - 3) < 1e-3", "expect not collapsed and run(\"a\").mr > 0.5"], arguments: [[.formula]],
    clauses: [.init("on", [.words(["train", "test"])])])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .expect(let expression, let sample) = statement.kind else { return }
    guard try !session.truth(expression, owner: "expect", on: sample) else { return }
    throw .failed(
      Diagnostic("expected `\(expression.span.text.shortened)`", at: expression.span, hint: session.found(expression, on: sample)))
  }
}

extension ExpectStatement {
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .expect(let expression, _) = statement.kind else { return }
    try session.checkShapes([expression], owner: "expect")
  }
}

extension Session {
  func truth(_ expression: Expression, owner: String, on sample: Sample?) throws(StatementFailure) -> Bool {
    let value = try value(expression, owner: owner, on: sample)
    guard let truth = value.isTrue else {
      throw .wrong(
        Diagnostic(
          "`\(expression.span.text.shortened)` is \(value.kindText): true or false is needed here", at: expression.span,
          hint: value.kindText == "missing" ? "it was not recorded" : "a comparison such as `x > 0` is"))
    }
    return truth
  }

  /// The values of both sides of what was expected: `run("a").top1 is 21.3, run("b").top1 is 33.1`.
  func found(_ expression: Expression, on sample: Sample?) -> String? {
    let parts = expression.comparedParts
    let found = parts.compactMap { part -> String? in
      guard let value = try? experiment.value(part, owner: "expect", on: sample) else { return nil }
      return "`\(part.span.text.shortened)` is \(value.text)"
    }
    return found.isEmpty ? nil : found.joined(separator: ", ")
  }
}

extension Expression {
  /// The operands that decide a comparison, literals left out.
  fileprivate var comparedParts: [Expression] {
    var parts: [Expression] = []
    var rest = [self]
    while let next = rest.popLast() {
      switch next.kind {
      case .binary(let symbol, let left, let right, _) where symbol.isComparison: rest += [right, left]
      case .unary(.not, let operand): rest.append(operand)
      case .predicate(_, let subject, _): rest.append(subject)
      case .number, .string: continue
      default: parts.append(next)
      }
    }
    return parts
  }
}

extension BinaryOperator {
  fileprivate var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or: true
    default: false
    }
  }
}
