import Experiments
import SourceText
import Syntax
import Tables

/// `print EXPR, …`
enum PrintStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "print", signature: "print EXPR, … [on train|test|N batches]", summary: "compute and show; at the prompt an expression alone does it",
    examples: ["print norm([[3, 4], [1, 0]])"], arguments: [[.formula]], clauses: [.init("on", [.words(["train", "test"])])])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .print(let expressions, let sample) = statement.kind else { return }
    let evaluation = try session.values(expressions, owner: "print", on: sample)
    var parts: [String] = []
    for ((value, deviation), expression) in zip(zip(evaluation.values, evaluation.deviations), expressions) {
      parts.append(try session.printed(value, deviation, expression))
    }
    if session.options.format == .json {
      for part in parts { session.output.result(part) }
    } else {
      session.output.result(parts.joined(separator: "  "))
    }
    if expressions.count == 1 { session.experiment.definitions.set("ans", to: evaluation.values[0], source: "ans") }
  }
}

extension Session {
  /// A value as `print` shows it: text with its braces filled in, `±` the deviation over batches.
  func printed(_ value: Value, _ deviation: Double?, _ expression: Expression) throws(StatementFailure) -> String {
    if case .text(let text) = value {
      let whole = try interpolated(text, at: expression.span)
      return options.format == .json ? Value.text(whole).json : whole
    }
    if options.format == .json { return value.json }
    return value.text + (deviation.map { " ± \(NumberText.short($0))" } ?? "")
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
    for expression in expressions where !expression.asksRuns {
      _ = try StatementFailure.wrap { () throws(Diagnostic) in try experiment.shapeText(of: expression, owner: owner) }
    }
  }
}

extension Expression {
  /// Whether the value depends on runs that a check has not trained.
  var asksRuns: Bool {
    if calledNames.contains("run") || !Set(mentionedNames).isDisjoint(with: ["verdict", "collapsed", "diverged", "top1"]) { return true }
    var asks = false
    walk { if case .series = $0.kind { asks = true } }
    return asks
  }
}

/// `show`, `show Ge`
enum ShowStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "show", signature: "show [NAME …]", summary: "what a name is, or everything defined", examples: ["show", "show Za"],
    arguments: [[.formula]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    guard !arguments.rest.isEmpty else { return session.output.result(session.everything) }
    while !arguments.rest.isEmpty {
      let (name, site) = try arguments.text("name")
      session.output.result(
        try StatementFailure.wrap { () throws(Diagnostic) in try session.experiment.description(of: name, at: site) })
    }
  }
}

extension Session {
  /// Settings, definitions and the loss, as statements that could be typed.
  fileprivate var everything: String {
    let definitions = experiment.definitions
    let settings = experiment.settings
    var lines = ["data: \(experiment.dataset?.summary ?? "none yet")", "profile: \(settings.profile.rawValue)"]
    lines.append("projector \(settings.projector.span.text.droppingKeyword)")
    lines.append("predictor \(settings.predictor.span.text.droppingKeyword)")
    lines += settings.modules.map { "module \($0.name) = \($0.layers.span.text)" }
    lines.append("batch \(settings.batch); seed \(settings.seed); lr \(NumberText.short(settings.rate)); steps done \(experiment.position)")
    lines += definitions.formulas.values.sorted { $0.name < $1.name }.map { "let \($0.name) = \($0.expression.source)" }
    lines += definitions.constants.values.sorted { $0.name < $1.name }.map { "val \($0.name) = \($0.value.text)" }
    lines += definitions.tracks.map { "track \($0.name) = \($0.expression.source) every \($0.cadence.rawValue)" }
    if let loss = definitions.loss { lines.append("loss \(loss.source)") }
    return lines.joined(separator: "\n")
  }
}

extension String {
  /// A layer formula whose span begins at its keyword, without it.
  fileprivate var droppingKeyword: String {
    for keyword in ["projector ", "predictor "] where hasPrefix(keyword) { return String(dropFirst(keyword.count)) }
    return self
  }
}

/// `clear x`
enum ClearStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "clear", signature: "clear NAME …", summary: "forget a name of yours", examples: [], arguments: [[.definitions]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    repeat {
      let (name, site) = try arguments.text("name")
      let definitions = session.experiment.definitions
      let tracks = definitions.tracks.map(\.name)
      guard definitions.names.contains(name) || tracks.contains(name) else {
        throw .wrong(
          Diagnostic("you have not defined `\(name)`", at: site, hint: NearestNames.question(for: name, among: definitions.names + tracks)))
      }
      session.experiment.definitions.remove(name)
      session.experiment.definitions.tracks.removeAll { $0.name == name }
    } while !arguments.rest.isEmpty
  }
}

/// `decompose Za`, `decompose grad`
enum DecomposeStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "decompose", signature: "decompose EXPR · decompose grad [on train|test|N batches]",
    summary: "center and residual of a batch of vectors, or of the gradient -∂loss/∂Za (and ∂Pa)", examples: ["decompose Za", "decompose grad"],
    arguments: [[.words(["grad"]), .formula]], clauses: [.init("on", [.words(["train", "test"])])])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .decompose(let expression, let sample) = statement.kind else { return }
    if case .name("grad") = expression.kind {
      let (parts, warnings) = try StatementFailure.wrap { () throws(Diagnostic) in
        try session.experiment.decomposeGradient(on: sample, at: expression.span)
      }
      session.warn(warnings)
      return session.output.result(parts.map(\.text).joined(separator: "\n"))
    }
    let (decomposition, warnings) = try StatementFailure.wrap { () throws(Diagnostic) in
      try session.experiment.decompose(expression, on: sample)
    }
    session.warn(warnings)
    session.output.result(decomposition.text)
  }
}

extension DecomposeStatement {
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .decompose(let expression, _) = statement.kind else { return }
    if case .name("grad") = expression.kind { return }
    try session.checkShapes([expression], owner: "decompose")
  }
}

/// `flow loss`
enum FlowStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "flow", signature: "flow loss", summary: "which terms of the loss reach which module, and which sg cuts the others off",
    examples: ["flow loss"], arguments: [[.words(["loss"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    _ = try arguments.word(of: ["loss"], what: "flow")
    try arguments.end()
    let flow = try StatementFailure.wrap { () throws(Diagnostic) in try session.experiment.flow(at: statement.span) }
    session.output.result(flow.table.rendered(as: session.options.format))
  }
}
