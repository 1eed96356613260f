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

  init(tokens: ArraySlice<Token>, in declaration: StatementDeclaration) {
    var sets = declaration.arguments
    var position = 0
    var previous: Token?
    var isOptionValue = false
    for token in tokens {
      if token.isSign("="), let name = previous?.text, declaration.options.contains(where: { $0.name == name }) {
        optionsSeen.insert(name)
        // Its name was counted as an argument before it was known to be an option's.
        position -= 1
        isOptionValue = true
      } else if isOptionValue {
        isOptionValue = false
        var uncounted = position
        count(token, &uncounted)
      } else if depth == 0, let clause = declaration.clauses.first(where: { $0.word == token.text && token.kind != .string }) {
        clausesSeen.insert(clause.word)
        sets = clause.arguments
        position = 0
      } else {
        count(token, &position)
      }
      previous = token
    }
    if let previous, previous.isSign("="), let name = tokens.dropLast().last?.text,
      let option = declaration.options.first(where: { $0.name == name })
    {
      optionValues = option.values
    }
    isBehindOperator = previous.map { $0.kind == .sign && ![")", "]", "'"].contains($0.text) } ?? false
    expected = sets.isEmpty ? [] : sets[min(position, sets.count - 1)]
  }

  private mutating func count(_ token: Token, _ position: inout Int) {
    switch token.text {
    case "(" where token.kind == .sign, "[" where token.kind == .sign: depth += 1
    case ")" where token.kind == .sign, "]" where token.kind == .sign: depth = max(0, depth - 1)
    default: if depth == 0, token.kind != .sign { position += 1 }
    }
  }
}
