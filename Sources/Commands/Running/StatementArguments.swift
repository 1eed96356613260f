import Experiments
import SourceText
import Syntax

/// Reads the words and options of a `command` statement: each is asked for once, and what nobody asked for is an error at that word.
struct StatementArguments {
  private let session: Session
  private let keyword: String
  private let declaration: StatementDeclaration
  private(set) var rest: [Argument]
  private var options: [(key: Binder, value: Expression)] = []
  let site: SourceSpan

  init(_ statement: Statement, _ declaration: StatementDeclaration, in session: Session) throws(StatementFailure) {
    self.session = session
    self.declaration = declaration
    keyword = statement.keyword.name
    site = statement.span
    rest = []
    guard case .command(let arguments) = statement.kind else { return }
    for argument in arguments {
      guard case .option(let key, let value) = argument.kind else {
        rest.append(argument)
        continue
      }
      try add(key, value)
    }
  }

  private mutating func add(_ key: Binder, _ value: Expression) throws(StatementFailure) {
    let known = declaration.options.map(\.name)
    guard known.contains(key.name) else {
      let list = known.isEmpty ? "`\(keyword)` takes no options" : "`\(keyword)` takes: \(known.joined(separator: ", "))"
      throw .wrong(
        Diagnostic(
          "`\(keyword)` has no option `\(key.name)`", at: key.span, hint: NearestNames.question(for: key.name, among: known) ?? list))
    }
    guard !options.contains(where: { $0.key.name == key.name }) else {
      throw .wrong(Diagnostic("`\(key.name)` is given twice", at: key.span))
    }
    options.append((key, value))
  }

  // MARK: Words

  /// The next word, string or value; nil at the end.
  mutating func next() -> Argument? { rest.isEmpty ? nil : rest.removeFirst() }

  /// The next word, which must be one of `choices`.
  mutating func word(of choices: [String], what: String) throws(StatementFailure) -> String {
    guard let argument = next() else {
      throw .wrong(Diagnostic("`\(keyword)` needs \(what.withArticle)", at: site, hint: "one of: \(choices.joined(separator: ", "))"))
    }
    guard case .word(let word) = argument.kind, choices.contains(word) else {
      let hint = NearestNames.question(for: argument.span.text, among: choices) ?? "there are: \(choices.joined(separator: ", "))"
      throw .wrong(Diagnostic("there is no \(what) `\(argument.span.text.shortened)`", at: argument.span, hint: hint))
    }
    return word
  }

  /// Takes the next word if it is `word`.
  mutating func take(_ word: String) -> Bool {
    guard case .word(word)? = rest.first?.kind else { return false }
    rest.removeFirst()
    return true
  }

  /// The next argument as text: a string, with `{…}` filled in, or a word.
  mutating func text(_ what: String) throws(StatementFailure) -> (String, SourceSpan) {
    guard let argument = next() else {
      throw .wrong(Diagnostic("`\(keyword)` needs \(what.withArticle)", at: site, hint: "`\(declaration.signature)`"))
    }
    switch argument.kind {
    case .string(let text): return (try session.interpolated(text, at: argument.span), argument.span)
    case .word(let word): return (word, argument.span)
    default: throw .wrong(Diagnostic("`\(argument.span.text.shortened)` is no \(what)", at: argument.span, hint: "`\(declaration.signature)`"))
    }
  }

  /// The next argument as a number within `range`.
  mutating func number(_ what: String, in range: ClosedRange<Double>) throws(StatementFailure) -> (Double, SourceSpan) {
    guard let argument = next() else {
      throw .wrong(Diagnostic("`\(keyword)` needs \(what.withArticle)", at: site, hint: "`\(declaration.signature)`"))
    }
    let expression: Expression
    switch argument.kind {
    case .value(let value): expression = value
    case .word(let word): expression = Expression(.name(word), span: argument.span)
    default: throw .wrong(Diagnostic("`\(argument.span.text.shortened)` is no number", at: argument.span, hint: "`\(declaration.signature)`"))
    }
    return (try checked(try session.number(expression), what, in: range, at: argument.span), argument.span)
  }

  mutating func integer(_ what: String, in range: ClosedRange<Int>) throws(StatementFailure) -> Int {
    let (number, span) = try number(what, in: Double(range.lowerBound)...Double(range.upperBound))
    return try whole(number, what, at: span)
  }

  func end() throws(StatementFailure) {
    guard let extra = rest.first else { return }
    throw .wrong(
      Diagnostic("`\(extra.span.text.shortened)` is not expected here", at: extra.span, hint: "`\(declaration.signature)`"))
  }

  // MARK: Options

  func has(_ name: String) -> Bool { options.contains { $0.key.name == name } }

  func expression(_ name: String) -> Expression? { options.first { $0.key.name == name }?.value }

  func number(option name: String, in range: ClosedRange<Double>) throws(StatementFailure) -> Double? {
    guard let value = expression(name) else { return nil }
    return try checked(try session.number(value), "`\(name)`", in: range, at: value.span)
  }

  func integer(option name: String, in range: ClosedRange<Int>) throws(StatementFailure) -> Int? {
    guard let value = expression(name) else { return nil }
    let number = try checked(
      try session.number(value), "`\(name)`", in: Double(range.lowerBound)...Double(range.upperBound), at: value.span)
    return try whole(number, "`\(name)`", at: value.span)
  }

  /// `true`, `false`, or what comes to one of them. Of a word that is neither, no near name would help.
  func flag(option name: String) throws(StatementFailure) -> Bool? {
    guard let value = expression(name) else { return nil }
    let result: Value?
    if case .name = value.kind { result = try? session.value(value, owner: "option") } else { result = try session.value(value, owner: "option") }
    guard case .flag(let flag)? = result else {
      throw .wrong(Diagnostic("`\(name)` is true or false, not `\(value.span.text.shortened)`", at: value.span))
    }
    return flag
  }

  private func checked(
    _ number: Double, _ what: String, in range: ClosedRange<Double>, at span: SourceSpan
  ) throws(StatementFailure) -> Double {
    guard range.contains(number) else {
      throw .wrong(
        Diagnostic(
          "\(what) is from \(Self.words(range.lowerBound)) to \(Self.words(range.upperBound)), not \(Self.words(number))", at: span))
    }
    return number
  }

  /// All digits of a whole number: `from 2 to 1048576`.
  private static func words(_ number: Double) -> String {
    guard abs(number) < 1e16, let whole = Int(exactly: number) else { return Value.number(number).text }
    return String(whole)
  }

  private func whole(_ number: Double, _ what: String, at span: SourceSpan) throws(StatementFailure) -> Int {
    guard let integer = Int(exactly: number) else {
      throw .wrong(Diagnostic("\(what) is a whole number, not \(Value.number(number).text)", at: span))
    }
    return integer
  }
}

extension String {
  /// `a data set`, `an encoder`.
  fileprivate var withArticle: String { ("aeio".contains(first ?? "x") ? "an " : "a ") + self }
}
