import Commands

/// Where in a statement, as its declaration describes it, the tokens behind its keyword end.
struct StatementPlace {
  /// What the declaration expects here.
  private(set) var expected: [StatementDeclaration.Completable] = []
  /// The words that an option may be, when the cursor stands behind `key=`; empty when it may be anything.
  private(set) var optionValues: [String]?
  /// Open brackets.
  private(set) var depth = 0
  private(set) var clausesSeen: Set<String> = []
  private(set) var optionsSeen: Set<String> = []
  /// Whether the last token asks for an operand, so that no clause or option can follow.
  private(set) var isBehindOperator = false
  /// Whether a clause has just begun that wants something.
  private(set) var isBehindClause = false
  /// Whether an operand has just ended, behind which no other can begin.
  private(set) var isBehindOperand = false
  /// Where the formula that the cursor stands in begins, as a UTF-8 offset; nil where it has not begun.
  private(set) var formulaStart: Int?
  /// The tokens since the keyword.
  let tokens: ArraySlice<Token>

  /// How many arguments have begun since the keyword or the last clause.
  private var position = 0
  private var previous: Token?
  private var sets: [[StatementDeclaration.Completable]]

  /// - Parameter beforeQuote: whether what is being typed is a string.
  init(tokens: ArraySlice<Token>, beforeQuote: Bool, in declaration: StatementDeclaration) {
    self.tokens = tokens
    sets = declaration.arguments
    for (index, token) in zip(tokens.indices, tokens) {
      let isQuoteNext = index + 1 < tokens.endIndex ? tokens[index + 1].kind == .string : beforeQuote
      optionValues = nil
      if token.isSign("="), let option = declaration.options.first(where: { $0.name == previous?.text }) {
        takeOption(option)
      } else if depth == 0, let clause = declaration.clause(opening: token, isQuoteNext: isQuoteNext) {
        clausesSeen.insert(clause.word)
        sets = clause.arguments
        position = 0
        previous = nil
        isBehindOperand = false
        formulaStart = nil
        continue
      } else {
        takeArgument(token)
      }
      previous = token
    }
    isBehindClause = previous == nil && !clausesSeen.isEmpty && !sets.isEmpty
    isBehindOperator = previous.map { $0.kind == .sign && !$0.endsOperand } ?? false
    expected = sets.isEmpty ? [] : sets[min(position, sets.count - 1)]
  }

  /// `name =`; the name was counted as an argument before it was known to be an option's.
  private mutating func takeOption(_ option: StatementDeclaration.Option) {
    optionsSeen.insert(option.name)
    optionValues = option.values
    isBehindOperand = false
    formulaStart = nil
    if depth == 0 { position = max(0, position - 1) }
  }

  /// An argument begins at the first token, and where an operand follows an operand.
  private mutating func takeArgument(_ token: Token) {
    let isBehindOperand = previous.map { $0.kind != .sign || $0.endsOperand } ?? true
    let isCall = previous?.range.upperBound == token.range.lowerBound
    let isWord = token.kind == .word && depth == 0 && isDeclaredWord(token.text)
    if depth == 0, previous == nil || isBehindOperand && (token.kind != .sign || token.opensBracket && !isCall) { position += 1 }
    if token.opensBracket { depth += 1 }
    if token.isSign(")") || token.isSign("]") { depth = max(0, depth - 1) }
    self.isBehindOperand = !isWord && token.isOperandEnd
    if isWord || depth == 0 && token.isSign(",") {
      formulaStart = nil
    } else if formulaStart == nil {
      formulaStart = token.range.lowerBound
    }
  }

  /// `onesided` in `loss onesided E`: a word of the statement's own, behind which something else is expected.
  private func isDeclaredWord(_ text: String) -> Bool {
    guard position < sets.count - 1 || sets.count == 1 && position == 0 else { return false }
    return sets[min(position, sets.count - 1)].contains { if case .words(let words) = $0 { words.contains(text) } else { false } }
  }
}

extension Token {
  /// Whether an operand can end with it. (Words such as `and` ask for another one.)
  fileprivate var isOperandEnd: Bool {
    switch kind {
    case .word: !["and", "or", "not", "in", "for", "step"].contains(text)
    case .sign: endsOperand
    case .number, .string, .openString, .escape: true
    }
  }
}

extension StatementDeclaration {
  fileprivate func clause(opening token: Token, isQuoteNext: Bool) -> Clause? {
    guard token.kind != .string, let clause = clauses.first(where: { $0.word == token.text }) else { return nil }
    return clause.isPathBehindSign && !isQuoteNext ? nil : clause
  }
}

extension StatementDeclaration.Clause {
  /// `> "file"`, which only its quote tells from a comparison.
  fileprivate var isPathBehindSign: Bool {
    guard word.first?.isLetter == false, case .paths? = arguments.first?.first else { return false }
    return true
  }
}
