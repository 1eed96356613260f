import Experiments
import Foundation
import SourceText
import Syntax
import Tensors

/// `for x in [0.1, 0.2] { … }`
enum ForStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "for", signature: "for NAME in LIST { … }", summary: "once for every item; items may be numbers, ranges, strings or formulas",
    examples: ["for tau in [0.1, 0.2] { print tau }"], clauses: [.init("in", [.formula])])

  /// The statements inside are recorded one by one.
  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .forLoop(let name, let source, let body) = statement.kind else { return }
    try session.checkNotReserved(name)
    if case .list(let items) = source.kind {
      for item in items { try iterate(name, body, session) { () throws(StatementFailure) in try bind(name, item, session) } }
      return
    }
    let value = try session.value(source, owner: "for")
    guard let items = value.items else {
      throw .wrong(
        Diagnostic(
          "`\(source.span.text.clipped)` is \(value.kindText): `for` needs a list or a range", at: source.span, hint: "`for x in 1..3 { … }`"))
    }
    for item in items {
      try iterate(name, body, session) { () throws(StatementFailure) in
        session.experiment.definitions.set(name.name, to: item, source: item.text)
        session.transcribe("val \(name.name) = \(item.literal)")
      }
    }
  }

  private static func iterate(
    _ name: Binder, _ body: [Statement], _ session: Session, _ bind: () throws(StatementFailure) -> Void
  ) throws(StatementFailure) {
    try bind()
    try session.execute(body)
  }

  /// A literal is bound as a value; anything else as a formula, which is re-read wherever it is used.
  private static func bind(_ name: Binder, _ item: Expression, _ session: Session) throws(StatementFailure) {
    if item.isLiteral {
      session.experiment.definitions.set(name.name, to: try session.value(item, owner: "for"), source: item.span.text)
      session.transcribe("val \(name.name) = \(item.source)")
    } else {
      session.experiment.definitions.define(name, as: item)
      session.transcribe("let \(name.name) = \(item.source)")
    }
  }
}

extension Expression {
  /// A number or text as written, with its sign.
  fileprivate var isLiteral: Bool {
    switch kind {
    case .number, .string: return true
    case .unary(.negate, let operand):
      if case .number = operand.kind { return true }
      return false
    default: return false
    }
  }
}

extension Value {
  /// What a loop runs over.
  var items: [Value]? {
    switch self {
    case .list(let items): items
    case .tensor(let tensor, let shape) where shape.rank >= 1: rows(of: tensor, shape)
    default: nil
    }
  }

  /// The entries of a vector, the rows of anything larger.
  private func rows(of tensor: Tensor, _ shape: NamedShape) -> [Value] {
    let inner = NamedShape(Array(shape.axes.dropFirst()))
    guard inner.rank > 0 else { return tensor.values.map { .number(Double($0)) } }
    let size = inner.shape.count
    return (0..<shape.axes[0].size).map { row in
      .tensor(Tensor(shape: inner.shape, values: Array(tensor.values[row * size..<(row + 1) * size])), inner)
    }
  }

  /// As it can be typed again.
  var literal: String {
    switch self {
    case .text(let text): "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
    case .number(let number): "\(number)"
    default: json
    }
  }
}

/// `if E { … } else { … }`
enum IfStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "if", signature: "if EXPR { … } else { … }", summary: "one branch or the other",
    examples: ["if 1 < 2 { print \"yes\" } else { print \"no\" }"],
    arguments: [[.formula]])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .conditional(let condition, let then, let otherwise) = statement.kind else { return }
    try session.execute(try session.truth(condition, owner: "if", on: nil) ? then : otherwise)
  }
}

/// `expect collapsed`
enum ExpectStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "expect", signature: "expect EXPR [on train|test|N batches]", summary: "fail the script, with the values found, when it is false",
    examples: ["expect abs(3 - 3) < 1e-3"], arguments: [[.formula]], clauses: [.init("on", [.words(["train", "test"])])])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .expect(let expression, let sample) = statement.kind else { return }
    guard try !session.truth(expression, owner: "expect", on: sample) else { return }
    throw .failed(
      Diagnostic("expected `\(expression.span.text.clipped)`", at: expression.span, hint: session.found(expression, on: sample)))
  }
}

extension IfStatement {
  /// Both branches, where which one depends on runs.
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .conditional(let condition, let then, let otherwise) = statement.kind else { return }
    guard condition.asksRuns else { return try run(statement, in: session) }
    try session.execute(then)
    try session.execute(otherwise)
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
          "`\(expression.span.text.clipped)` is \(value.kindText): true or false is needed here", at: expression.span,
          hint: value.kindText == "missing" ? "it was not recorded" : "a comparison such as `x > 0` is"))
    }
    return truth
  }

  /// The values of both sides of what was expected: `run("a").top1 is 21.3, run("b").top1 is 33.1`.
  func found(_ expression: Expression, on sample: Sample?) -> String? {
    let parts = expression.comparedParts
    let found = parts.compactMap { part -> String? in
      guard let value = try? experiment.value(part, owner: "expect", on: sample) else { return nil }
      return "`\(part.span.text.clipped)` is \(value.text)"
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

/// `include "settings.siam"`
enum IncludeStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "include", signature: "include \"FILE\"", summary: "run another script here; its path is relative to this one",
    examples: [], arguments: [[.paths]])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .include(let name) = statement.kind else { return }
    let path = session.path(name.name, besides: statement.span.file)
    let canonical = session.canonicalPath(path)
    guard !session.includes.contains(canonical) else {
      throw .wrong(Diagnostic("`\(name.name)` includes itself", at: name.span))
    }
    let statements: [Statement]
    do throws(Diagnostic) {
      let file = try SourceFile(contentsOf: path, called: path)
      statements = try Parser.statements(of: file, mode: .script)
    } catch {
      // What cannot be opened is said at the name; what is wrong inside, in that file.
      throw .wrong(error.site == nil ? Diagnostic(error.message, at: name.span, hint: error.hints.first) : error)
    }
    session.includes.append(canonical)
    defer { session.includes.removeLast() }
    try session.execute(statements)
  }
}

extension Session {
  /// A path as written in a script: relative to the script's folder; at the prompt to the working folder.
  func path(_ name: String, besides file: SourceFile) -> String {
    let expanded = NSString(string: name).expandingTildeInPath
    guard !expanded.hasPrefix("/"), !file.name.hasPrefix("<"), !file.name.hasPrefix("-") else { return expanded }
    let folder = NSString(string: file.name).deletingLastPathComponent
    return folder.isEmpty ? expanded : folder + "/" + expanded
  }
}

/// `check "file.siam"`
enum CheckStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "check", signature: "check \"FILE\"", summary: "check a script's names, shapes and options without training", examples: [],
    arguments: [[.paths]])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let (name, site) = try arguments.text("file")
    try arguments.end()
    let file: SourceFile
    do throws(Diagnostic) {
      file = try SourceFile(contentsOf: session.path(name, besides: statement.span.file), called: name)
    } catch {
      throw .wrong(Diagnostic(error.message, at: site, hint: error.hints.first))
    }
    var options = session.options
    options.isInteractive = false
    switch Session(options: options, output: session.output).check(file) {
    case .completed, .quit: session.output.result("\(name): no mistakes found")
    case .interrupted: throw .interrupted
    case .failed, .usage: throw .wrong(Diagnostic("`\(name)` has a mistake", at: site))
    }
  }
}

/// `quit`
enum QuitStatement: StatementCommand {
  static let declaration = StatementDeclaration(keyword: "quit", signature: "quit", summary: "leave; Ctrl-D does too", examples: [])

  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) { throw .quit }
}
