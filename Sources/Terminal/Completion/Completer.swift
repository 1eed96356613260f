import Commands

/// What can stand at the cursor: a pure function of the text, the statements' declarations and the names there are.
///
/// Files are asked for through `listFolder`, so that a test needs no disk.
public struct Completer {
  private let declarations: [StatementDeclaration]
  private let vocabulary: Vocabulary
  private let listFolder: (_ path: String) -> [FolderEntry]

  public init(
    declarations: [StatementDeclaration], vocabulary: Vocabulary,
    listFolder: @escaping (_ path: String) -> [FolderEntry] = FolderEntry.list
  ) {
    self.declarations = declarations
    self.vocabulary = vocabulary
    self.listFolder = listFolder
  }

  /// - Parameter cursor: a UTF-8 offset into the text.
  public func completion(of text: String, at cursor: Int) -> Completion {
    let fragment = StatementFragment(text, cursor: cursor)
    let (before, partial) = fragment.split
    let range = partial?.range ?? fragment.cursor..<fragment.cursor
    let nothing = Completion(range: range, candidates: [])
    if fragment.isInComment || fragment.isBehindOperand { return nothing }
    switch partial?.kind {
    case .number: return nothing
    case .escape: return Completion(range: range, candidates: GreekNames.candidates(for: partial?.text ?? ""))
    case .openString:
      // The quote stays where it is.
      return Completion(range: range.lowerBound + 1..<range.upperBound, candidates: quoted(partial?.text ?? "", after: before))
    default:
      let typed = partial?.text ?? ""
      let candidates = before.isEmpty ? firstWords(typed) : words(after: before).filter { $0.text.hasPrefix(typed) }
      return Completion(range: range, candidates: candidates)
    }
  }

  // MARK: - Words

  private func words(after before: ArraySlice<Token>) -> [Completion.Candidate] {
    guard let first = before.first else { return [] }
    if isMember(before) { return vocabulary.metrics.map { .init($0) } }
    guard let declaration = declaration(for: first) else { return candidates(for: .formula) }
    let place = StatementPlace(tokens: before.dropFirst(), beforeQuote: false, in: declaration)
    if let values = place.optionValues {
      return values.isEmpty ? candidates(for: .formula) : values.map { .init($0) }
    }
    return place.expected.flatMap(candidates) + continuations(of: declaration, at: place)
  }

  /// Statements; where none begins so, what a bare expression could begin with.
  private func firstWords(_ typed: String) -> [Completion.Candidate] {
    let keywords = declarations.filter { $0.keyword.hasPrefix(typed) }
    return keywords.isEmpty
      ? candidates(for: .formula).filter { $0.text.hasPrefix(typed) } : keywords.map { .init($0.keyword, suffix: " ") }
  }

  /// Clause words and options, which may stand wherever an argument has ended.
  private func continuations(of declaration: StatementDeclaration, at place: StatementPlace) -> [Completion.Candidate] {
    guard place.depth == 0, !place.isBehindOperator else { return [] }
    let clauses = declaration.clauses.map(\.word).filter { $0.first?.isLetter == true && !place.clausesSeen.contains($0) }
    let options = declaration.options.map(\.name).filter { !place.optionsSeen.contains($0) }
    return clauses.map { .init($0, suffix: " ") } + options.map { .init($0 + "=") }
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

  private func candidates(for kind: StatementDeclaration.Completable) -> [Completion.Candidate] {
    switch kind {
    case .words(let words): words.map { .init($0) }
    case .formula: vocabulary.names.map { .init($0.name + ($0.isCalled ? "(" : "")) }
    case .definitions: names { $0 == .formula || $0 == .value }
    case .modules: names { $0 == .module }
    case .metrics: vocabulary.metrics.map { .init($0) }
    case .settings: vocabulary.settings.map { .init($0) }
    case .topics:
      (declarations.map(\.keyword) + vocabulary.topics).map { .init($0) } + names { $0 == .function }
    case .runs, .paths: []
    }
  }

  private func names(_ isWanted: (Vocabulary.Name.Kind) -> Bool) -> [Completion.Candidate] {
    vocabulary.names.filter { isWanted($0.kind) }.map { .init($0.name) }
  }

  // MARK: - Strings

  private func quoted(_ text: String, after before: ArraySlice<Token>) -> [Completion.Candidate] {
    let last = Array(before.suffix(2))
    let isRunName =
      last.last.map { $0.isWord("of") || $0.isWord("as") } ?? false
      || last.count == 2 && last[0].isWord("run") && last[1].isSign("(")
    if isRunName { return runNames(text) }
    guard let first = before.first, let declaration = declaration(for: first) else { return [] }
    let place = StatementPlace(tokens: before.dropFirst(), beforeQuote: true, in: declaration)
    return place.expected.flatMap { kind -> [Completion.Candidate] in
      switch kind {
      case .paths: PathCompletion.candidates(for: text, listFolder: listFolder)
      case .runs: runNames(text)
      default: []
      }
    }
  }

  private func runNames(_ text: String) -> [Completion.Candidate] {
    vocabulary.runNames.filter { $0.hasPrefix(text) }.map { .init($0, suffix: "\"") }
  }
}

extension Vocabulary.Name {
  /// Whether formulas call it.
  fileprivate var isCalled: Bool { kind == .function || kind == .module }
}
