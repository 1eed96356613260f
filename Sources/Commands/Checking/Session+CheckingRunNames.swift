import Experiments
import Foundation
import SourceText
import Syntax

extension Session {
  /// Warns of runs that a script names, and neither makes anywhere nor finds in the history: what it would train before it came there is a night's work.
  func warnOfUnknownRuns(in statements: [Statement]) {
    var names = RunNames()
    names.add(madeBy: statements) { path($0, besides: $1) }
    guard !names.mayBeAny else { return }
    for (name, site) in statements.withNested.flatMap(\.namedRuns) where !names.contain(name) && !isRecorded(name) {
      warn([
        Diagnostic(
          .warning, "no run is called `\(name.shortened)`: this script makes none, and the history has none", at: site,
          hints: [NearestNames.question(for: name, among: names.literal)].compactMap { $0 })
      ])
    }
  }

  private func isRecorded(_ name: String) -> Bool {
    guard let history = record.existing else { return false }
    if let number = Int64(name), (try? history.record(of: number)) != nil { return true }
    return (try? history.runs(named: name))?.isEmpty == false
  }
}

/// The names that a script gives to the runs that it makes.
private struct RunNames {
  private(set) var literal: Set<String> = []
  /// With `*` for what is filled in.
  private var patterns: Set<String> = []
  /// A name is computed, or a file could not be looked into.
  private(set) var mayBeAny = false
  private var files: Set<String> = []

  mutating func add(madeBy statements: [Statement], at path: (String, SourceFile) -> String) {
    for statement in statements.withNested {
      switch statement.kind {
      case .train(_, _, _, let name?): add(name)
      case .command(let arguments) where statement.keyword.name == "rerun":
        guard let place = arguments.firstIndex(where: { $0.span.text == "as" }), arguments.indices.contains(place + 1) else { continue }
        if case .string(let text) = arguments[place + 1].kind { add(text, at: arguments[place + 1].span) }
      case .command where ["import", "load", "resume"].contains(statement.keyword.name): mayBeAny = true
      case .include(let name):
        let file = path(name.name, statement.span.file)
        guard files.insert(file).inserted else { continue }
        guard let text = try? SourceFile(contentsOf: file, unless: { true }), let inner = try? Parser.statements(of: text, mode: .script) else {
          mayBeAny = true
          continue
        }
        add(madeBy: inner, at: path)
      default: break
      }
    }
  }

  private mutating func add(_ name: Expression) {
    guard case .string(let text) = name.kind else { return mayBeAny = true }
    add(text, at: name.span)
  }

  private mutating func add(_ text: String, at site: SourceSpan) {
    guard let template = try? TextTemplate(text, at: site) else { return mayBeAny = true }
    let pattern = template.parts.map { part in if case .text(let text) = part { text } else { "*" } }.joined()
    if template.parts.contains(where: { if case .expression = $0 { true } else { false } }) {
      patterns.insert(pattern)
    } else {
      literal.insert(pattern)
    }
  }

  func contain(_ name: String) -> Bool {
    if literal.contains(name) || patterns.contains(where: { name.matches(pattern: $0) }) { return true }
    guard name.contains("*") else { return false }
    return !patterns.isEmpty || literal.contains { $0.matches(pattern: name) }
  }
}

extension Statement {
  /// The runs that it names by text, as far as that is known before anything is run.
  fileprivate var namedRuns: [(name: String, site: SourceSpan)] {
    var expressions: [Expression] = []
    var runs: [Expression] = []
    switch kind {
    case .letBinding(_, let value), .valBinding(_, let value, _), .track(_, let value, _, _), .expect(let value, _), .decompose(let value, _):
      expressions = [value]
    case .loss(_, let values), .print(let values, _): expressions = values
    case .forLoop(_, let source, _, _): expressions = [source]
    case .conditional(let condition, _, _): expressions = [condition]
    case .train(_, let amount, _, let name): expressions = [amount, name].compactMap(\.self)
    case .plot(let plot): (expressions, runs) = (plot.expressions + [plot.against?.1].compactMap(\.self), plot.runs)
    case .export(let export): runs = export.runs
    case .table(let table): runs = [table.pattern].compactMap(\.self)
    case .command(let arguments):
      let texts: [(String, SourceSpan)] = arguments.compactMap { argument in
        if case .string(let text) = argument.kind { (text, argument.span) } else { nil }
      }
      if keyword.name == "compare" || keyword.name == "diff" { return texts.filter { !$0.0.contains("{") } }
      expressions = arguments.compactMap { argument in
        switch argument.kind {
        case .value(let value), .option(_, let value): value
        default: nil
        }
      }
    default: break
    }
    for expression in expressions + runs {
      expression.walk { part in
        switch part.kind {
        case .call(let callee, let arguments) where ["run", "runs"].contains(callee.span.text): runs += arguments.prefix(1)
        case .series(_, let run): runs.append(run)
        default: break
        }
      }
    }
    return runs.compactMap { run in
      if case .string(let text) = run.kind, !text.contains("{") { (text, run.span) } else { nil }
    }
  }
}
