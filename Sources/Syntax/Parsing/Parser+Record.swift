import SourceText

// Statements about the record of past runs.
extension Parser {
  /// `Sql = "sql" REST-OF-LINE`
  mutating func sql() throws(Diagnostic) -> Statement.Kind {
    let keyword = token
    let range = lexer.takeRestOfLine(from: keyword.range.upperBound)
    previousEnd = range.isEmpty ? keyword.range.upperBound : range.upperBound
    token = try lexer.next()
    guard !range.isEmpty else { throw expected("a query behind `sql`", hint: "`sql SELECT name FROM runs`") }
    return .sql(file.text(in: range), SourceSpan(file, range))
  }

  /// `History = "history" ( "save" STRING | [ Product | "forgotten" ] { HistoryClause } )`, each clause once, in any order.
  mutating func history() throws(Diagnostic) -> Statement.Kind {
    isInQuery = true
    defer { isInQuery = false }
    var statement = HistoryStatement()
    if try take(word: "save") {
      statement.copy = try takeFileName("the file behind `save`")
      return .history(statement)
    }
    switch token.kind {
    case .number, .string, .symbol(.leftParenthesis): statement.run = try expression(from: .product)
    // `history forgotten` is `history where forgotten`.
    case .name("forgotten"): statement.filter = try expression(from: .primary)
    default: break
    }
    var seen: Set<String> = []
    while !isAtStatementEnd {
      let word = token.isSymbol(.greater) ? ">" : token.name ?? ""
      guard Self.historyClauses.contains(word) else { throw unknownClause(Self.historyClauses) }
      try checkOnce(word, &seen)
      try advance()
      try historyClause(word, into: &statement)
    }
    return .history(statement)
  }

  /// `HistoryClause = "where" Or | "columns" ExpressionList | "sort" SortKey { "," SortKey } | "limit" Sum | "format" FORMAT
  /// | ">" STRING`
  private mutating func historyClause(_ word: String, into statement: inout HistoryStatement) throws(Diagnostic) {
    switch word {
    case "where":
      let keyword = span(from: previousEnd - word.utf8.count)
      let condition = try expression(from: .or)
      statement.filter = statement.filter.map { Expression(.binary(.and, $0, condition, operator: keyword), span: condition.span) } ?? condition
    case "columns": statement.columns = try expressionList(namesAloneUntil: Set(Self.historyClauses), from: .sum)
    case "sort": statement.sort = try sortKeys()
    case "limit": statement.limit = try expression(from: .sum)
    case "format": statement.format = try outputFormat()
    default: statement.file = try takeFileName("the file behind `>`")
    }
  }

  static let historyClauses = ["where", "columns", "sort", "limit", "format", ">"]

  /// `SortKey = Sum [ "asc" | "desc" ]`
  private mutating func sortKeys() throws(Diagnostic) -> [(Expression, descending: Bool)] {
    var keys: [(Expression, descending: Bool)] = []
    repeat {
      let key = try expression(from: .sum)
      let isDescending = try take(word: "desc")
      if !isDescending { _ = try take(word: "asc") }
      keys.append((key, descending: isDescending))
    } while try takeComma()
    return keys
  }

  private mutating func outputFormat() throws(Diagnostic) -> OutputFormat {
    let formats = OutputFormat.allCases.map(\.rawValue)
    guard let format = token.name.flatMap(OutputFormat.init(rawValue:)) else {
      let question = token.name.flatMap { NearestNames.question(for: $0, among: formats) }
      throw expected(NearestNames.alternatives(formats), hint: question)
    }
    try advance()
    return format
  }

  /// `Export = "export" ( "runs" | "series" ) { "of" Value { [ "," ] Value } | "where" Or | "to" STRING }`
  mutating func export() throws(Diagnostic) -> Statement.Kind {
    isInQuery = true
    defer { isInQuery = false }
    let tables = ExportStatement.Table.allCases.map(\.rawValue)
    guard let table = token.name.flatMap(ExportStatement.Table.init) else {
      throw expected(NearestNames.alternatives(tables), hint: token.name.flatMap { NearestNames.question(for: $0, among: tables) } ?? Self.exportHint)
    }
    try advance()
    var runs: [Expression] = []
    var filter: Expression?
    var file: Binder?
    var seen: Set<String> = []
    while !isAtStatementEnd {
      guard let word = token.name, Self.exportClauses.contains(word) else { throw unknownClause(Self.exportClauses) }
      try checkOnce(word, &seen)
      if word == "where" && !runs.isEmpty || word == "of" && filter != nil {
        throw Diagnostic("the runs are named behind `of`, or selected behind `where`", at: placeOfToken)
      }
      switch word {
      case "of": runs = try self.runs(before: Self.exportClauses)
      case "where":
        try advance()
        filter = try expression(from: .or)
      default:
        try advance()
        file = try takeFileName("the file behind `to`")
      }
    }
    guard let file else { throw expected("`to` and a file", hint: Self.exportHint) }
    return .export(ExportStatement(table: table, runs: runs, filter: filter, file: file))
  }

  private static let exportClauses = ["of", "where", "to"]
  private static let exportHint = "`export runs to \"runs.csv\"`, `export series to \"series.json\"`"

  /// `Table = "table" [ Column { "," Column } ] { "of" Expression | "as" FORMAT }`
  mutating func table() throws(Diagnostic) -> Statement.Kind {
    var statement = TableStatement(columns: [])
    if beginsExpression, !Self.tableClauses.contains(token.name ?? "") { statement.columns = try columns() }
    var seen: Set<String> = []
    while !isAtStatementEnd {
      guard let word = token.name, Self.tableClauses.contains(word) else { throw unknownClause(Self.tableClauses) }
      try checkOnce(word, &seen)
      try advance()
      if word == "of" { statement.pattern = try expression(from: .or) } else { statement.format = try outputFormat() }
    }
    return .table(statement)
  }

  static let tableClauses = ["of", "as"]

  private mutating func columns() throws(Diagnostic) -> [(TableStatement.Column, SourceSpan)] {
    var columns: [(TableStatement.Column, SourceSpan)] = []
    var isLastName = false
    repeat {
      repeat {
        let column = try column()
        columns.append(column)
        isLastName = if case .metric(let metric) = column.0 { metric.isName } else { false }
      } while isLastName && beginsExpression && token.name.map { !Self.tableClauses.contains($0) } ?? false
    } while try takeComma()
    return columns
  }

  /// `Column = STRING "=" Or | Or`
  private mutating func column() throws(Diagnostic) -> (TableStatement.Column, SourceSpan) {
    let start = token.range.lowerBound
    if case .string(let title) = token.kind, following()?.isSymbol(.assign) ?? false {
      try advance()
      try advanceOverOperator()
      let values = try expression(from: .or)
      return (.literal(title: title, values), span(from: start))
    }
    return (.metric(try expression(from: .or)), span(from: start))
  }

  /// `Value { [ "," ] Value }` behind `of`; an option ends it.
  mutating func runs(before clauses: [String]) throws(Diagnostic) -> [Expression] {
    try advance()
    var runs = [try value()]
    while true {
      if try takeComma() || (beginsExpression && !clauses.contains(token.name ?? "") && following()?.isSymbol(.assign) != true) {
        runs.append(try value())
      } else {
        return runs
      }
    }
  }
}

// Clauses behind a statement's first part.
extension Parser {
  func checkOnce(_ word: String, _ seen: inout Set<String>) throws(Diagnostic) {
    guard seen.insert(word).inserted else { throw Diagnostic("`\(word)` is given twice", at: placeOfToken) }
  }

  func unknownClause(_ clauses: [String]) -> Diagnostic {
    let nearest = token.name.flatMap { NearestNames.question(for: $0, among: clauses) }
    let words = clauses.map { "`\($0)`" }.joined(separator: ", ")
    return expected("\(words) or the end of the statement", hint: nearest ?? hintAtToken())
  }
}
