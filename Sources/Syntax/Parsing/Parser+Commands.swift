import SourceText

// Statements made of words, and `train`.
extension Parser {
  /// `Command = KEYWORD { Argument [ "," ] }`
  ///
  /// - Parameter mayBeSign: `help +` asks for an operator.
  mutating func commandArguments(mayBeSign: Bool = false) throws(Diagnostic) -> [Argument] {
    var arguments: [Argument] = []
    if mayBeSign, case .symbol(let sign) = token.kind, !isAtStatementEnd {
      var behind = self
      try behind.advance()
      if behind.isAtStatementEnd {
        let start = token.range.lowerBound
        self = behind
        return [Argument(.string(sign.rawValue), span: span(from: start))]
      }
    }
    while !isAtStatementEnd {
      arguments.append(try commandArgument())
      if token.isSymbol(.comma) { try advanceOverOperator() }
    }
    return arguments
  }

  /// `Argument = NAME { "." NAME } "=" Value | NAME | STRING | Value`
  private mutating func commandArgument() throws(Diagnostic) -> Argument {
    let start = token.range.lowerBound
    switch token.kind {
    case .name(let word):
      if let key = dottedKey() { return try option(key) }
      try advance()
      try checkNoOperator()
      return Argument(.word(word), span: span(from: start))
    case .string(let text):
      try advance()
      return Argument(.string(text), span: span(from: start))
    default:
      guard beginsExpression else { throw unexpectedAfterStatement() }
      if token.isSymbol(.leftParenthesis), let next = following(), next.isSymbol(.rightParenthesis) {
        throw Diagnostic("`()` is not expected here", at: placeOfToken, hint: "a statement is written without parentheses")
      }
      return Argument(.value(try value()), span: span(from: start))
    }
  }

  /// `lr`, `augment.flip`: the parts of the key before an "="; nil where none follows.
  private func dottedKey() -> [String]? {
    var ahead = lexer
    var parts = [token.name].compactMap { $0 }
    while let next = try? ahead.next() {
      if next.isSymbol(.assign) { return parts }
      guard next.isSymbol(.dot), !next.followsSpace, let part = try? ahead.next(), let name = part.name, !part.followsSpace else { return nil }
      parts.append(name)
    }
    return nil
  }

  private mutating func option(_ parts: [String]) throws(Diagnostic) -> Argument {
    let start = token.range.lowerBound
    // A point and a name for each part but the first.
    for _ in 1..<(2 * parts.count) { try advance() }
    let key = Binder(parts.joined(separator: "."), span(from: start))
    try advanceOverOperator()
    guard beginsExpression else { throw expected("the value of `\(Excerpt.short(key.name))`") }
    return Argument(.option(key, try value()), span: span(from: start))
  }

  /// `Value = Product [ ".." Product [ "step" Product ] ]`: looser operators stand in parentheses, as words have no commas between.
  mutating func value() throws(Diagnostic) -> Expression {
    let start = token.range.lowerBound
    let value = try expression(from: .product)
    let whole = token.isSymbol(.range) ? try range(from: value, start, operands: .product) : value
    try checkNoOperator()
    return whole
  }

  /// `show mean(x)`, `batch 2 + 3`: an operator behind a word or value.
  private func checkNoOperator() throws(Diagnostic) {
    guard let symbol = token.symbol else { return }
    let isBracket = [.leftParenthesis, .leftBracket, .transpose].contains(symbol) && !token.followsSpace
    let isOperator = symbol != .minus && BinaryOperator(rawValue: symbol.rawValue) != nil || symbol == .range
    guard isBracket || isOperator else { return }
    throw Diagnostic("a formula among words stands in parentheses", at: placeOfToken, hint: Self.parenthesesHint)
  }

  private static let parenthesesHint = "write `(…)` around a formula"

  /// `Train = "train" [ "fresh" ] [ Sum [ "epochs" | "steps" ] ] [ "as" Expression ]`
  mutating func train() throws(Diagnostic) -> Statement.Kind {
    let isFresh = try take(word: "fresh")
    var amount: Expression?
    var unit = Statement.TrainingUnit.epochs
    if case .string = token.kind { throw expected("a number of epochs or `as`", hint: "a run is named by `as \"NAME\"`") }
    if beginsExpression, !token.isName("as") {
      amount = try expression(from: .sum)
      unit = try trainingUnit()
    }
    let name = try take(word: "as") ? try expression() : nil
    return .train(fresh: isFresh, amount: amount, unit: unit, name: name)
  }

  private mutating func trainingUnit() throws(Diagnostic) -> Statement.TrainingUnit {
    if try take(word: "steps", or: "step") { return .steps }
    _ = try take(word: "epochs", or: "epoch")
    return .epochs
  }
}
