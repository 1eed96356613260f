import SourceText

// Which statement a word begins.
extension Parser {
  /// The keyword that the current token is or, at the prompt, is short for; nil when a formula begins here.
  func keyword() throws(Diagnostic) -> StatementKeyword? {
    guard let word = token.name else { return nil }
    if let keyword = StatementKeyword(rawValue: word) { return keyword }
    guard mode == .prompt, !Self.reservedWords.contains(word), !isKnownName(word), !boundNames.contains(word),
      !isOperand()
    else { return nil }
    let candidates = StatementKeyword.beginning(with: word).map(\.rawValue)
    guard candidates.count > 1 else { return candidates.first.flatMap(StatementKeyword.init(rawValue:)) }
    throw Diagnostic(
      "`\(word)` may be \(NearestNames.alternatives(candidates.sorted()))", at: placeOfToken, hint: "type another letter or two")
  }

  /// Whether the current word is used as a value: what follows it can only follow an operand.
  private func isOperand() -> Bool {
    guard let next = following() else { return false }
    switch next.kind {
    case .symbol(.leftParenthesis), .symbol(.leftBracket), .symbol(.transpose): return !next.followsSpace
    case .symbol(.minus): return !next.followsSpace || file.bytes[next.range.upperBound...].first == UInt8(ascii: " ")
    case .symbol(.comma), .symbol(.range), .symbol(.plus): return true
    case .symbol(let symbol): return BinaryOperator(rawValue: symbol.rawValue) != nil
    case .name(let name): return ["and", "or", "in"].contains(name)
    default: return false
    }
  }

  /// `x = 3`, `loss = E`, `seed = 3`: nothing is set by `=` alone.
  func checkAssignment() throws(Diagnostic) {
    guard let word = token.name, !Self.reservedWords.contains(word), let next = following(), next.isSymbol(.assign) else {
      return
    }
    let line = file.range(ofLine: file.line(at: next.range.lowerBound))
    let value = Excerpt.short(file.text(in: next.range.upperBound..<max(next.range.upperBound, line.upperBound)))
    if let keyword = StatementKeyword(rawValue: word) {
      // These bind a name with `=`, and say themselves that it is missing.
      if [.let, .val, .track, .module].contains(keyword) { return }
      throw Diagnostic("`\(word)` takes no `=`", at: span(of: next), hint: "write `\(word) \(value)`")
    }
    throw Diagnostic(
      .error, "`=` alone defines nothing", at: span(of: next),
      hints: [
        "`let \(Excerpt.short(word)) = \(value)` is a formula, re-read wherever it is used",
        "`val \(Excerpt.short(word)) = \(value)` is a value, computed now"
      ])
  }

  /// A text that begins no statement: a misspelt keyword, or a formula alone in a script.
  func notAStatement(_ first: Token) -> Diagnostic {
    let place = span(of: first)
    guard let word = first.name else { return expected("a statement", hint: mode == .script ? Self.printHint : nil) }
    if word == "else" { return Diagnostic("`else` follows the `}` of an `if`", at: place) }
    if token.range == first.range && isOperand() {
      return Diagnostic("a formula alone is not a statement", at: place, hint: Self.printHint)
    }
    let names = NearestNames.nearest(to: word, among: StatementKeyword.allCases.map(\.rawValue))
    let begun = StatementKeyword.beginning(with: word).map(\.rawValue)
    if mode == .script, !begun.isEmpty {
      return Diagnostic(
        "`\(word)` is not a statement", at: place,
        hint: "keywords are written out in scripts: \(NearestNames.alternatives(begun.sorted()))")
    }
    // What has another word behind it is no formula that somebody wanted to see.
    let isAlone = token.range != first.range || following().map { [.newline, .end, .symbol(.semicolon)].contains($0.kind) } ?? false
    let hint = NearestNames.question(naming: names) ?? (mode == .script && isAlone ? Self.printHint : "`help` lists the statements")
    return Diagnostic("`\(Excerpt.short(word))` is not a statement", at: place, hint: hint)
  }

  private static let printHint = "`print …` shows the value of a formula"
}
