import Experiments
import SourceText
import Syntax

extension Session {
  /// An expression's value, with its warnings given.
  func value(_ expression: Expression, owner: String, on sample: Sample? = nil) throws(StatementFailure) -> Value {
    try values([expression], owner: owner, on: sample).values[0]
  }

  func values(_ expressions: [Expression], owner: String, on sample: Sample? = nil) throws(StatementFailure) -> Evaluation {
    let evaluation = try StatementFailure.wrap { () throws(Diagnostic) in
      try experiment.evaluate(expressions, owner: owner, on: sample)
    }
    warn(evaluation.warnings)
    return evaluation
  }

  func number(_ expression: Expression) throws(StatementFailure) -> Double {
    let value = try value(expression, owner: "option")
    guard let number = value.number else {
      throw .wrong(Diagnostic("`\(expression.span.text.shortened)` is \(value.kindText): a number is needed here", at: expression.span))
    }
    return number
  }

  /// A name or title.
  func text(_ expression: Expression) throws(StatementFailure) -> String { try value(expression, owner: "text").text }

  /// A string as it is typed, with what stands in its braces filled in.
  func interpolated(_ text: String, at site: SourceSpan) throws(StatementFailure) -> String {
    text.contains("{") ? try self.text(Expression(.string(text), span: site)) : text
  }
}
