import Experiments
import RunHistory
import SourceText
import Syntax

/// `rerun 42`, `rerun 42 with tau=0.1, lr=0.05 as "colder"`
enum RerunStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "rerun", signature: "rerun RUN [with NAME=VALUE, …] [as \"NAME\"]",
    summary: "make the experiment of a run again from its record, with changes to what a `val` or `let` named or to its settings, as a new run",
    examples: ["rerun 1 with lr=0.05 as \"slower\"", "rerun \"a\" with loss=(-Za . Zb), seed=1"], arguments: [[.runs], []],
    clauses: [.init("with", [.changes]), .init("as", [])])

  /// The record of what it makes is that of the run repeated, not this.
  static let isRecorded = false
  static let changesLiveState = true

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    let request = try Request(statement, in: session)
    var arguments = request.arguments
    let (id, site) = try session.run(&arguments)
    let title = try request.title(&arguments)
    let history = try session.history(at: statement.span)
    let record = try session.recording(at: site) { () throws(HistoryError) in try history.record(of: id) }
    var plan = try RerunPlan(record, history, at: site)
    var changes: [String] = []
    for (name, value) in request.changes {
      let closed = try session.closed(value, of: plan, for: name.name)
      try plan.change(name, to: closed)
      changes.append("\(name.name) = \(closed.source)")
    }
    if !plan.predecessors.isEmpty {
      let names = plan.predecessors.map { "run \($0.id)" + ($0.name.map { " \"\($0)\"" } ?? "") }
      session.note("run \(id) goes on from \(names.joined(separator: ", ")): made again first")
    }
    let definitions = session.experiment.definitions
    try session.replacingExperiment { () throws(StatementFailure) in
      do throws(StatementFailure) { try session.execute(plan.preparation) } catch { throw Self.atTheChanges(error, request, of: id) }
      guard let title else { return }
      // It may speak of this session's names as of the run's.
      let own = session.experiment.definitions
      session.experiment.definitions.adopt(definitions)
      defer { session.experiment.definitions = own }
      plan.name(Expression(.string(TextTemplate.escaping(try session.text(title))), span: title.span))
    }
    session.note(
      "run \(id)\(record.name.map { " \"\($0)\"" } ?? "") again" + (changes.isEmpty ? "" : ", with \(changes.joined(separator: ", "))")
        + "; this session goes on from it (`undo` goes back)")
    // Not before: the run's own record holds what makes it, no more.
    defer { session.carry(definitions) }
    try TrainStatement.train(plan.training, in: session, rerunOf: id)
    session.transcribe(plan.training.source)
  }

  /// What is wrong in a statement that a change has made is said at the user's own words.
  private static func atTheChanges(_ failure: StatementFailure, _ request: Request, of run: Int64) -> StatementFailure {
    guard case .wrong(let error) = failure, let site = error.site, site.file.name == "<rerun \(run)>",
      let first = request.changes.first, let last = request.changes.last
    else { return failure }
    let span = SourceSpan(first.name.span.file, first.name.span.range.lowerBound..<last.value.span.range.upperBound)
    return .wrong(Diagnostic(.error, error.message, at: span, hints: ["`\(site.file.text.shortened)` was tried"] + error.hints))
  }

  /// Which run is meant is known when the script runs.
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var request = try Request(statement, in: session)
    if let run = request.arguments.next() { try session.checkIsMadeHere(run) }
    _ = try request.title(&request.arguments)
  }

  /// The statement taken apart: its options are no options of its own, but names of the run.
  private struct Request {
    var arguments: StatementArguments
    private(set) var changes: [(name: Binder, value: Expression)] = []

    init(_ statement: Statement, in session: Session) throws(StatementFailure) {
      var words: [Argument] = []
      if case .command(let all) = statement.kind {
        for argument in all {
          guard case .option(let name, let value) = argument.kind else {
            words.append(argument)
            continue
          }
          guard words.count >= 2, case .word("with") = words[1].kind else {
            throw .wrong(Diagnostic("changes stand behind `with`", at: argument.span, hint: "`\(declaration.signature)`"))
          }
          guard !changes.contains(where: { $0.name.name == name.name }) else {
            throw .wrong(Diagnostic("`\(name.name)` is given twice", at: name.span))
          }
          changes.append((name, value))
        }
      }
      if words.count >= 2, case .word("with") = words[1].kind {
        guard !changes.isEmpty else {
          throw .wrong(Diagnostic("`with` wants a change", at: words[1].span, hint: "`rerun 42 with tau=0.1`"))
        }
        words.remove(at: 1)
      }
      arguments = try StatementArguments(
        Statement(.command(words), keyword: statement.keyword, span: statement.span), declaration, in: session)
    }

    /// `as "NAME"`, with `{…}` left for the time of the run.
    func title(_ arguments: inout StatementArguments) throws(StatementFailure) -> Expression? {
      guard arguments.take("as") else {
        try arguments.end()
        return nil
      }
      guard let argument = arguments.next(), case .string(let name) = argument.kind else {
        throw .wrong(Diagnostic("`as` wants a name in quotes", at: arguments.site, hint: "`\(declaration.signature)`"))
      }
      try arguments.end()
      return Expression(.string(name), span: argument.span)
    }
  }
}

extension Session {
  /// Brings the names of another experiment along, those that this one gives no meaning: a loop around `rerun` needs its own.
  fileprivate func carry(_ other: Definitions) {
    let adopted = experiment.definitions.adopt(other)
    for formula in adopted.formulas { transcribe("let \(formula.name) = \(formula.expression.source)") }
    for constant in adopted.constants { transcribe("val \(constant.name) = \(constant.value.literal ?? constant.source)") }
  }

  /// A formula in which this session's own names are replaced by what they are: it will be read where they are not known. A name that this session
  /// does not have is the run's: `tau=tau/2`.
  fileprivate func closed(_ value: Expression, of plan: RerunPlan, for target: String) throws(StatementFailure) -> Expression {
    let definitions = experiment.definitions
    let expanded = try StatementFailure.wrap { () throws(Diagnostic) in try definitions.expanded(value) }
    var literals: [String: Expression] = [:]
    for name in expanded.mentionedNames {
      guard let constant = definitions.constants[name] else {
        let isRunsOwn = name == target || BuiltInName(name) == nil && FormulaFunction.named(name) == nil
        if definitions.formulas[name] == nil, isRunsOwn { literals[name] = plan.recordedMeaning(of: name) }
        continue
      }
      guard let text = constant.value.literal else { continue }
      literals[name] = try? Parser.expression(of: SourceFile(name: "<\(name)>", text: text))
    }
    return try StatementFailure.wrap { () throws(Diagnostic) in try expanded.replacing(literals) }
  }
}
