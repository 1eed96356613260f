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

  /// A name or title: a string with `{…}` filled in.
  func text(_ expression: Expression) throws(StatementFailure) -> String {
    switch try value(expression, owner: "text") {
    case .text(let text): return try interpolated(text, at: expression.span)
    case let other: return other.text
    }
  }

  /// `"tau={x}"`: what stands in braces is an expression, and its value takes its place. `{{` is a brace.
  func interpolated(_ text: String, at site: SourceSpan) throws(StatementFailure) -> String {
    guard text.contains("{") else { return text }
    var result = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[rest.index(after: open)...]
      if rest.first == "{" {
        result += "{"
        rest = rest.dropFirst()
        continue
      }
      guard let close = rest.firstIndex(of: "}") else {
        throw .wrong(Diagnostic("`{` is not closed in \(site.text.shortened)", at: site, hint: "`{{` is a brace by itself"))
      }
      result += try inserted(String(rest[..<close]), at: site)
      guard result.utf8.count <= Elaboration.longestText else {
        throw .wrong(Diagnostic("text of more than \(Elaboration.longestText) bytes", at: site))
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  private func inserted(_ text: String, at site: SourceSpan) throws(StatementFailure) -> String {
    let file = SourceFile(name: site.file.name, text: text)
    do throws(Diagnostic) {
      let expression = try Parser.expression(of: file)
      return try experiment.value(expression, owner: "text").text
    } catch {
      throw .wrong(Diagnostic("in `{\(text.shortened)}`: \(error.message)", at: site, hint: error.hints.first))
    }
  }
}
