import Experiments
import SourceText
import Syntax
import Tables

/// `print EXPR, …`
enum PrintStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "print", signature: "print EXPR, … [on train|test|N batches]", summary: "compute and show; at the prompt an expression alone does it",
    examples: ["print norm([[3, 4], [1, 0]])", "print norm(center(neggrad(-Za . sg(Zb), Za))), std on 2 batches"], arguments: [[.formula]],
    clauses: [.init("on", [.words(["train", "test"])])])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .print(let expressions, let sample) = statement.kind else { return }
    let evaluation = try session.values(expressions, owner: "print", on: sample)
    var parts: [String] = []
    for (value, deviation) in zip(evaluation.values, evaluation.deviations) { parts.append(session.printed(value, deviation)) }
    if session.options.format == .json {
      for part in parts { session.output.result(part) }
    } else {
      session.output.result(parts.joined(separator: "  "))
    }
    if let last = evaluation.values.last { session.keepAnswer(last) }
  }
}

extension Session {
  /// A value as `print` shows it, `±` the deviation over batches.
  func printed(_ value: Value, _ deviation: Double?) -> String {
    options.format == .json ? value.json : value.text + (deviation.map { " ± \(NumberText.short($0))" } ?? "")
  }
}

extension PrintStatement {
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .print(let expressions, _) = statement.kind else { return }
    try session.checkShapes(expressions, owner: "print")
  }
}

extension Session {
  /// Finds what is wrong with expressions without computing them. What asks past runs is left: in a check there are none.
  func checkShapes(_ expressions: [Expression], owner: String) throws(StatementFailure) {
    for expression in expressions where !asksRuns(expression) {
      _ = try StatementFailure.wrap { () throws(Diagnostic) in try experiment.shapeText(of: expression, owner: owner) }
    }
  }
}

extension Session {
  /// Whether the value depends, through formulas too, on runs that a check has not trained.
  func asksRuns(_ expression: Expression) -> Bool {
    var rest = [expression]
    var seen: Set<String> = []
    while let next = rest.popLast() {
      if next.asksRuns { return true }
      for name in next.mentionedNames where seen.insert(name).inserted {
        if let formula = experiment.definitions.formulas[name] { rest.append(formula.expression) }
        // What a check could not read off runs is not a number, whatever it will be.
        if isChecking, case .number(let number)? = experiment.definitions.constants[name]?.value, number.isNaN { return true }
      }
    }
    return false
  }
}

extension Expression {
  /// Whether runs are asked in the text itself.
  fileprivate var asksRuns: Bool {
    if !Set(calledNames).isDisjoint(with: ["run", "runs"]) || !Set(mentionedNames).isDisjoint(with: ["verdict", "collapsed", "diverged", "top1"]) {
      return true
    }
    var asks = false
    walk { if case .series = $0.kind { asks = true } }
    return asks
  }
}
