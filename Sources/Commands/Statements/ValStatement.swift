import Experiments
import SourceText
import Syntax

/// `val A = [[3, 4], [1, 0]]`
enum ValStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "val", signature: "val NAME = EXPR [on train|test|N batches]", summary: "compute a value now and name it",
    examples: ["val A = [[3, 4], [1, 0]]", "val x = mean(norm(Za)) on test"], arguments: [[], [.words(["="])]],
    clauses: [.init("=", [.formula]), .init("on", [.words(["train", "test"])])])

  /// It records itself: with `--set` another value than the script's is taken.
  static let isRecorded = false
  static let recordsItself = true

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .valBinding(let name, let expression, let sample) = statement.kind else { return }
    try session.checkNotReserved(name)
    if let text = session.overrides.removeValue(forKey: name.name) {
      let value = try session.overriding(name, text)
      session.experiment.definitions.set(name.name, to: value, source: text)
      let isExpression = (try? Parser.expression(of: SourceFile(name: "--set", text: text))) != nil
      let written = isExpression ? text : value.literal ?? text
      session.replacedText.replace(expression.span, by: written)
      return session.transcribe("val \(name.name) = \(written)")
    }
    let value = try session.value(expression, owner: "val \(name.name)", on: sample)
    session.experiment.definitions.set(name.name, to: value, source: expression.span.text)
    if !session.isChecking { session.transcribe(transcript(of: statement, name, value, expression, in: session)) }
  }

  /// What was read off a run, and a number that was read off a trained model, stand in the record as they were: whoever repeats the statements has
  /// neither yet.
  private static func transcript(
    of statement: Statement, _ name: Binder, _ value: Value, _ expression: Expression, in session: Session
  ) -> String {
    let isOfModel = if case .number = value { session.experiment.position > 0 && !expression.mentionedNames.isEmpty } else { false }
    guard isOfModel || session.asksRuns(expression), let literal = value.literal else { return statement.source }
    return "val \(name.name) = \(literal)  # \(expression.source)"
  }
}

extension ValStatement {
  /// A value that depends on runs is not known in a check, and one of a batch of images is not computed there: only its shape is found.
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .valBinding(let name, let expression, let sample) = statement.kind, session.overrides[name.name] == nil,
      let value = try standIn(for: expression, owner: "val \(name.name)", on: sample, in: session)
    else { return try run(statement, in: session) }
    try session.checkNotReserved(name)
    session.experiment.definitions.set(name.name, to: value, source: expression.span.text)
  }

  /// nil for what can be computed as it is.
  private static func standIn(
    for expression: Expression, owner: String, on sample: Sample?, in session: Session
  ) throws(StatementFailure) -> Value? {
    if session.asksRuns(expression) { return .number(.nan) }
    return try StatementFailure.wrap { () throws(Diagnostic) in
      try session.experiment.standIn(for: expression, owner: owner, on: sample)
    }
  }
}

extension Session {
  func checkNotReserved(_ name: Binder) throws(StatementFailure) {
    guard let meaning = BuiltInName.summary(of: name.name) else { return }
    throw .wrong(
      Diagnostic("`\(name.name)` has a meaning already: \(meaning)", at: name.span, hint: "choose another name; yours may differ in case"))
  }

  /// The value that `--set NAME=TEXT` gives in place of a script's own: an expression, or text as it stands.
  func overriding(_ name: Binder, _ text: String) throws(StatementFailure) -> Value {
    let file = SourceFile(name: "--set \(name.name)", text: text)
    guard let expression = try? Parser.expression(of: file) else { return .text(text) }
    return try value(expression, owner: "val \(name.name)")
  }

  /// `Ge : batch × dim`, when there is a model whose shapes are known.
  func echoFormula(_ name: Binder, _ expression: Expression) throws(StatementFailure) {
    let extra = name.name == "Ge" ? "     extra gradient; oe = center(Ge), re = residual(Ge) are now defined" : ""
    guard experiment.dataset != nil else {
      if !extra.isEmpty { note("Ge\(extra)") }
      return
    }
    // A formula may leave a name free for `for` or `against` to bind: then it is checked where it is used.
    let free = experiment.freeNames(of: expression)
    guard free.isEmpty else {
      note("\(name.name) leaves \(free.map { "`\($0)`" }.joined(separator: ", ")) free")
      return
    }
    if isChecking, asksRuns(expression) { return }
    let shape = try StatementFailure.wrap { () throws(Diagnostic) in
      try experiment.shapeText(of: expression, owner: "let \(name.name)")
    }
    note("\(name.name) : \(shape)\(extra)")
  }

  func lossMentions(_ names: [String]) -> Bool {
    guard let loss = experiment.definitions.loss else { return false }
    return loss.expressions.contains { !Set($0.mentionedNames).isDisjoint(with: names) }
  }
}
