import SourceText

// Statements one after the other.
extension Parser {
  /// `Text = { Separator } [ Statement { Separator { Separator } Statement } ] END`, `Separator = NEWLINE | ";"`
  mutating func statements() throws(Diagnostic) -> [Statement] {
    let statements = try statementsOfBlock()
    guard token.kind == .end else { throw unexpectedAfterStatement() }
    return statements
  }

  /// Reads one statement outside of any block; nil at the end of the text.
  mutating func nextStatement() throws(Diagnostic) -> Statement? {
    while token.kind == .newline || token.isSymbol(.semicolon) { try advance() }
    if token.kind == .end { return nil }
    let statement = try statement()
    guard isAtStatementEnd, !token.isSymbol(.rightBrace) else { throw unexpectedAfterStatement() }
    return statement
  }

  /// Reads up to the end of the text or a closing brace, and leaves that for the caller.
  private mutating func statementsOfBlock() throws(Diagnostic) -> [Statement] {
    var statements: [Statement] = []
    while true {
      let (start, brackets, depth) = (token.range.lowerBound, openBrackets, depth)
      do throws(Diagnostic) {
        while token.kind == .newline || token.isSymbol(.semicolon) { try advance() }
        if token.kind == .end || token.isSymbol(.rightBrace) { return statements }
        statements.append(try statement())
        guard isAtStatementEnd else { throw unexpectedAfterStatement() }
      } catch {
        try goOn(behind: error, from: start, isInBracket: openBrackets.count > brackets.count)
        (openBrackets, self.depth) = (brackets, depth)
      }
    }
  }

  /// Inside a block, and where mistakes are gathered: keeps this one and goes on with the next line, or, out of a bracket, with the next that
  /// begins a statement.
  ///
  /// - Throws: the mistake, where the lines up to there hold a brace, so that it is not known which block the next line is of.
  private mutating func goOn(behind mistake: Diagnostic, from start: Int, isInBracket: Bool) throws(Diagnostic) {
    var (mistake, start, isInBracket) = (mistake, start, isInBracket)
    while true {
      guard mistakesInBlocks != nil, depth > 0, token.kind != .end else { throw mistake }
      var next = Self.lineBehind(mistake, in: file, from: max(start, previousEnd))
      do throws(Diagnostic) {
        while true {
          guard next > start, !file.bytes[start..<next].contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) else { throw mistake }
          lexer.moveToLine(at: next)
          token = try lexer.next()
          let beginsStatement = token.name.flatMap(StatementKeyword.init(rawValue:)) != nil || token.isSymbol(.rightBrace) || token.kind == .end
          if beginsStatement || !isInBracket { break }
          next = Self.lineBehind(mistake, in: file, from: next)
        }
        mistakesInBlocks?.append(mistake)
        return
      } catch {
        // The next line cannot be read either.
        guard next > start, error != mistake else { throw mistake }
        mistakesInBlocks?.append(mistake)
        (mistake, start, isInBracket) = (error, next, false)
      }
    }
  }

  var isAtStatementEnd: Bool { Self.endsStatement(token) }

  static func endsStatement(_ token: Token) -> Bool {
    switch token.kind {
    case .newline, .end, .symbol(.semicolon), .symbol(.rightBrace): true
    default: false
    }
  }

  /// `Block = "{" { Statement } "}"`; the newlines inside separate.
  mutating func block() throws(Diagnostic) -> [Statement] {
    try enter()
    try open(.leftBrace)
    let body = try statementsOfBlock()
    try close(.rightBrace)
    leave()
    return body
  }

  /// `Statement = KEYWORD …`, or at the prompt a list of expressions, which print.
  private mutating func statement() throws(Diagnostic) -> Statement {
    let start = token.range.lowerBound
    try checkAssignment()
    guard let keyword = try keyword() else { return try bareExpressions() }
    let word = Binder(keyword.rawValue, span(of: token))
    let kind = try rest(of: keyword, word)
    switch kind {
    case .letBinding(let name, _), .valBinding(let name, _, _), .track(let name, _, _, _): boundNames.insert(name.name)
    default: break
    }
    return Statement(kind, keyword: word, span: span(from: start))
  }

  private mutating func rest(of keyword: StatementKeyword, _ word: Binder) throws(Diagnostic) -> Statement.Kind {
    // What follows `sql` is in another language: it must not be cut into tokens of this one.
    if keyword.form == .sql { return try sql() }
    try advance()
    switch keyword.form {
    case .letBinding: return try letBinding()
    case .valBinding: return try valBinding()
    case .loss: return try loss()
    case .track: return try track()
    case .print: return try print()
    case .expect: return .expect(try expression(), on: try sample())
    case .forLoop: return try forLoop()
    case .conditional: return try conditional()
    case .include: return .include(try takeFileName("the file to include"))
    case .head: return .layers(name: word, try layers())
    case .module: return try module()
    case .train: return try train()
    case .decompose: return .decompose(try expression(), on: try sample())
    case .plot: return try plot()
    case .watch: return try watch()
    case .history: return try history()
    case .export: return try export()
    case .table: return try table()
    case .sql: return try sql()
    case .command: return .command(try commandArguments(mayBeSign: word.name == "help"))
    }
  }

  private mutating func bareExpressions() throws(Diagnostic) -> Statement {
    let start = token.range.lowerBound
    let first = token
    guard mode == .prompt else { throw notAStatement(first) }
    let printed = try expressionList(namesAloneUntil: nil)
    // `trian 20`: two operands side by side, of which the first is a word, were meant for a statement.
    if printed.count == 1, printed[0].isName, beginsExpression, !token.isName("on") { throw notAStatement(first) }
    let sample = try sample()
    let keyword = Binder(StatementKeyword.print.rawValue, SourceSpan(file, start..<start))
    return Statement(.print(printed, on: sample), keyword: keyword, span: span(from: start))
  }

  /// `ExpressionList = Expression { "," Expression }`; between two bare names the comma may be left out.
  ///
  /// - Parameter clauses: the words that end the list instead of being names in it; nil where every comma is needed.
  mutating func expressionList(
    namesAloneUntil clauses: Set<String>?, from loosest: Precedence = .range
  ) throws(Diagnostic) -> [Expression] {
    var list: [Expression] = []
    repeat {
      list.append(try expression(from: loosest))
      while let clauses, let last = list.last, last.isName, let name = token.name,
        !clauses.contains(name), !Self.reservedWords.contains(name), name != "of"
      {
        list.append(try expression(from: loosest))
      }
    } while try takeComma()
    return list
  }

  /// Whether the current token can begin an expression.
  var beginsExpression: Bool {
    switch token.kind {
    case .number, .string, .symbol(.leftParenthesis), .symbol(.leftBracket), .symbol(.minus): true
    case .name(let name): !Self.reservedWords.contains(name) || name == "not"
    default: false
    }
  }
}

extension Expression {
  var isName: Bool { if case .name = kind { true } else { false } }
}
