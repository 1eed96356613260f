import Commands

/// What can stand at the cursor: a pure function of the text, the statements' declarations and the names there are.
///
/// Files are asked for through `listFolder` and what needs the experiment through `advisor`, so that a test needs neither.
public struct Completer {
  private let declarations: [StatementDeclaration]
  let vocabulary: Vocabulary
  let advisor: (any CompletionAdvisor)?
  private let listFolder: (_ path: String) -> [FolderEntry]

  public init(
    declarations: [StatementDeclaration], vocabulary: Vocabulary, advisor: (any CompletionAdvisor)? = nil,
    listFolder: @escaping (_ path: String) -> [FolderEntry] = FolderEntry.list
  ) {
    self.declarations = declarations
    self.vocabulary = vocabulary
    self.advisor = advisor
    self.listFolder = listFolder
  }

  /// What fits in a session as it is now.
  public init(_ session: Session) {
    self.init(declarations: Session.declarations, vocabulary: session.vocabulary, advisor: session)
  }

  /// - Parameter cursor: a UTF-8 offset into the text.
  public func completion(of text: String, at cursor: Int) -> Completion {
    if let shell = shellCompletion(of: text, at: cursor) { return shell }
    let fragment = StatementFragment(text, cursor: cursor)
    let (before, partial) = fragment.split
    let range = partial?.range ?? fragment.cursor..<fragment.cursor
    if fragment.isInComment || fragment.isBehindOperand { return Completion(range: range, candidates: []) }
    let typed = partial?.text ?? ""
    switch partial?.kind {
    case .number: return Completion(range: range, candidates: runNumbers(after: before).filter { $0.text.hasPrefix(typed) })
    case .escape: return Completion(range: range, candidates: GreekNames.candidates(for: typed))
    case .openString: return quoted(typed, in: range, after: before)
    default:
      // Behind `else` stands the same as at the beginning of a statement that can only be `if`.
      let isElse = fragment.isBehindIf && before.first?.isWord("else") == true
      if isElse, before.count == 1 {
        return Completion(range: range, candidates: "if".hasPrefix(typed) ? [.init("if", suffix: " ")] : [])
      }
      let place = Place(text: text, before: isElse ? before.dropFirst() : before, typed: typed)
      let candidates =
        before.isEmpty ? firstWords(typed, behindIf: fragment.isBehindIf) : words(at: place).filter { $0.begins(with: typed) }
      return Completion(range: range, candidates: candidates)
    }
  }

  /// Behind `!` files alone are known.
  private func shellCompletion(of text: String, at cursor: Int) -> Completion? {
    guard text.drop(while: { $0.isWhitespace }).hasPrefix("!") else { return nil }
    let typed = String(decoding: text.utf8.prefix(cursor), as: UTF8.self)
    let word = typed.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    let range = cursor - word.utf8.count..<cursor
    guard !word.hasPrefix("!") else { return Completion(range: range, candidates: []) }
    return Completion(
      range: range, candidates: PathCompletion.candidates(for: word, listFolder: listFolder).map { .init($0.text, label: $0.label) })
  }

  /// Where the cursor stands.
  private struct Place {
    let text: String
    let before: ArraySlice<Token>
    let typed: String
  }

  // MARK: - Words

  private func words(at place: Place) -> [Completion.Candidate] {
    let before = place.before
    guard let first = before.first else { return [] }
    if isMember(before) { return (vocabulary.metrics + vocabulary.columns.filter { !$0.hasSuffix("(") }).map { .init($0) } }
    guard let declaration = declaration(for: first) else { return candidates(for: .formula, place, nil) }
    let statement = StatementPlace(tokens: before.dropFirst(), beforeQuote: false, in: declaration)
    if let values = statement.optionValues {
      return values.isEmpty ? candidates(for: .formula, place, nil) : values.map { .init($0) }
    }
    return statement.expected.flatMap { candidates(for: $0, place, statement) } + continuations(of: declaration, at: statement)
  }

  /// Statements; where none begins so, what a bare expression could begin with.
  private func firstWords(_ typed: String, behindIf: Bool) -> [Completion.Candidate] {
    let keywords = ((behindIf ? ["else"] : []) + declarations.map(\.keyword)).filter { $0.hasPrefix(typed) }
    return keywords.isEmpty ? allFormulaNames.filter { $0.begins(with: typed) } : keywords.map { .init($0, suffix: " ") }
  }

  /// Clause words and options, which may stand wherever an argument has ended.
  private func continuations(of declaration: StatementDeclaration, at place: StatementPlace) -> [Completion.Candidate] {
    guard place.depth == 0, !place.isBehindOperator, !place.isBehindClause else { return [] }
    let clauses = declaration.clauses.filter { clause in
      clause.word.first?.isLetter == true && !place.clausesSeen.contains(clause.word) && clause.after.map(place.clausesSeen.contains) ?? true
    }
    let options = declaration.options.map(\.name).filter { !place.optionsSeen.contains($0) }
    return clauses.map { .init($0.word, suffix: " ") } + options.map { .init($0 + "=") }
  }

  /// The statement of this keyword, which at the prompt may be shortened.
  private func declaration(for token: Token) -> StatementDeclaration? {
    guard token.kind == .word else { return nil }
    if let exact = declarations.first(where: { $0.keyword == token.text }) { return exact }
    let matches = declarations.filter { $0.keyword.hasPrefix(token.text) }
    return matches.count == 1 ? matches[0] : nil
  }

  /// `run("a").`
  private func isMember(_ before: ArraySlice<Token>) -> Bool {
    let last = Array(before.suffix(5))
    guard last.count == 5 else { return false }
    return last[0].isWord("run") && last[1].isSign("(") && last[3].isSign(")") && last[4].isSign(".")
      && last[3].range.upperBound == last[4].range.lowerBound
  }

  private func candidates(
    for kind: StatementDeclaration.Completable, _ place: Place, _ statement: StatementPlace?
  ) -> [Completion.Candidate] {
    switch kind {
    case .words(let words): words.map { .init($0) }
    case .formula: formulaNames(place, statement)
    case .names: vocabulary.names.map { .init($0.name) }
    case .definitions: names { $0 == .formula || $0 == .value }
    case .modules: names { $0 == .module }
    case .metrics: vocabulary.metrics.map { .init($0) }
    case .settings: vocabulary.settings.map { .init($0) }
    case .columns: columns(statement)
    case .changes: changes(place.before, statement)
    case .sql: sqlWords(place.before)
    case .topics: (declarations.map(\.keyword) + vocabulary.topics + vocabulary.names.map(\.name)).map { .init($0) }
    case .runs: numbers(vocabulary.runs)
    case .forgottenRuns: numbers(vocabulary.forgottenRuns)
    case .branches: vocabulary.branches.map { .init($0) }
    case .paths, .files: []
    }
  }

  private func names(_ isWanted: (Vocabulary.Name.Kind) -> Bool) -> [Completion.Candidate] {
    vocabulary.names.filter { isWanted($0.kind) }.map { .init($0.name) }
  }

  // MARK: - Formulas

  /// Those that fit; all where nothing is known, or where only others begin as what has been typed.
  private func formulaNames(_ place: Place, _ statement: StatementPlace?) -> [Completion.Candidate] {
    if let values = comparedValues(place.before) { return values.map { .init("\"\($0)\"") } }
    guard let statement, let advisor else { return statement?.isBehindOperand == true ? [] : allFormulaNames }
    if statement.isBehindOperand { return [] }
    let start = statement.formulaStart ?? place.before.endIndexOffset
    let end = place.before.endIndexOffset
    let bytes = Array(place.text.utf8)
    guard start <= end, end <= bytes.count,
      let fitting = advisor.names(fittingAfter: String(decoding: bytes[start..<end], as: UTF8.self))
    else { return allFormulaNames }
    let candidates = fitting.map { Completion.Candidate($0) }
    return candidates.contains { $0.begins(with: place.typed) } ? candidates : allFormulaNames
  }

  private var allFormulaNames: [Completion.Candidate] {
    vocabulary.names.map { .init($0.name + ($0.isCalled ? "(" : "")) }
  }

  /// `verdict == `: the words that it may be.
  private func comparedValues(_ before: ArraySlice<Token>) -> [String]? {
    let last = Array(before.suffix(2))
    guard last.count == 2, last[0].kind == .word, last[1].isSign("==") || last[1].isSign("!=") || last[1].isSign("="),
      let values = vocabulary.columnValues[last[0].text], !values.isEmpty
    else { return nil }
    return values
  }

  // MARK: - The history

  private func columns(_ statement: StatementPlace?) -> [Completion.Candidate] {
    guard let statement else { return [] }
    if let values = comparedValues(statement.tokens) { return values.map { .init($0) } }
    if statement.isBehindOperand { return vocabulary.connectives.map { .init($0, suffix: " ") } }
    return vocabulary.columns.map { .init($0) }
  }

  /// Behind `rerun RUN with`: the names of that run; behind `=` a value.
  private func changes(_ before: ArraySlice<Token>, _ statement: StatementPlace?) -> [Completion.Candidate] {
    guard let last = before.last else { return [] }
    if last.isSign("=") { return allFormulaNames }
    guard last.isWord("with") || last.isSign(","), before.count > 2 else { return [] }
    return advisor?.changeableNames(ofRun: before[before.startIndex + 1].text).map { .init($0 + "=") } ?? []
  }

  /// Behind what takes a run: numbers, newest first, with their names.
  private func runNumbers(after before: ArraySlice<Token>) -> [Completion.Candidate] {
    guard let first = before.first, let declaration = declaration(for: first) else { return [] }
    let place = StatementPlace(tokens: before.dropFirst(), beforeQuote: false, in: declaration)
    return place.expected.flatMap { kind in
      switch kind {
      case .runs: numbers(vocabulary.runs)
      case .forgottenRuns: numbers(vocabulary.forgottenRuns)
      default: [Completion.Candidate]()
      }
    }
  }

  private func numbers(_ runs: [Vocabulary.Run]) -> [Completion.Candidate] {
    runs.map { .init(String($0.number), label: $0.name.isEmpty ? String($0.number) : "\($0.number) \"\($0.name)\"") }
  }

  // MARK: - Strings

  /// The quote stays where it is.
  private func quoted(_ text: String, in range: Range<Int>, after before: ArraySlice<Token>) -> Completion {
    let inside = range.lowerBound + 1..<range.upperBound
    if let first = before.first, before.count == 1, declaration(for: first)?.expectsSQL == true {
      let words = StatementFragment(text, cursor: text.utf8.count).split
      let typed = words.partial?.text ?? ""
      let candidates = sqlWords(words.before).filter { $0.begins(with: typed) }
      return Completion(range: range.upperBound - typed.utf8.count..<range.upperBound, candidates: candidates)
    }
    return Completion(range: inside, candidates: quotedWords(text, after: before))
  }

  private func quotedWords(_ text: String, after before: ArraySlice<Token>) -> [Completion.Candidate] {
    let last = Array(before.suffix(2))
    let isRunName =
      last.last.map { $0.isWord("of") || $0.isWord("as") } ?? false
      || last.count == 2 && (last[0].isWord("run") || last[0].isWord("runs")) && last[1].isSign("(")
      || last.count == 2 && last[0].isWord("name") && (last[1].isSign("=") || last[1].isSign("==") || last[1].isWord("like"))
    if isRunName { return runNames(text) }
    if let values = comparedValues(before) { return values.filter { $0.hasPrefix(text) }.map { .init($0, suffix: "\"") } }
    guard let first = before.first, let declaration = declaration(for: first) else { return [] }
    let place = StatementPlace(tokens: before.dropFirst(), beforeQuote: true, in: declaration)
    return place.expected.flatMap { kind -> [Completion.Candidate] in
      switch kind {
      case .paths: PathCompletion.candidates(for: text, listFolder: listFolder)
      case .files(let endings): PathCompletion.candidates(for: text, endings: endings, listFolder: listFolder)
      case .runs: runNames(text)
      case .forgottenRuns: names(of: vocabulary.forgottenRuns, text)
      default: []
      }
    }
  }

  private func runNames(_ text: String) -> [Completion.Candidate] {
    vocabulary.runNames.filter { $0.hasPrefix(text) }.map { .init($0, suffix: "\"") }
  }

  private func names(of runs: [Vocabulary.Run], _ text: String) -> [Completion.Candidate] {
    runs.map(\.name).filter { !$0.isEmpty && $0.hasPrefix(text) }.map { .init($0, suffix: "\"") }
  }
}

extension Vocabulary.Name {
  /// Whether formulas call it.
  fileprivate var isCalled: Bool { kind == .function || kind == .module }
}

extension ArraySlice<Token> {
  /// The offset behind the last token: of the formula's text, what has not been typed yet is no part.
  fileprivate var endIndexOffset: Int { last?.range.upperBound ?? 0 }
}

extension StatementDeclaration {
  fileprivate var expectsSQL: Bool { arguments.contains { $0.contains { if case .sql = $0 { true } else { false } } } }
}
