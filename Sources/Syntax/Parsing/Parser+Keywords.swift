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
      hints: [settingHint(word, value: value)].compactMap { $0 } + [
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
    let value = valueText(behind: first)
    if !value.isEmpty, let hint = settingHint(word, value: value) {
      return Diagnostic("`\(Excerpt.short(word))` is not a statement", at: place, hint: hint)
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

  /// Settings that other statements have as options or layers, as those are written, `V` for the value.
  private static let settings: [String: String] = {
    let (rate, decay) = ("optimizer sgd lr=V", "optimizer sgd decay=V")
    return [
      "lr": rate, "learning_rate": rate, "momentum": "optimizer sgd momentum=V", "decay": decay, "weight_decay": decay, "wd": decay,
      "epochs": "use quick epochs=V", "dim": "use quick dim=V", "width": "encoder convnet width=V", "batch_size": "batch V",
      "warmup": "schedule cosine warmup=V"
    ]
  }()

  /// `optimizer sgd lr=0.1` of `lr 0.1`: what sets it; nil where the word is no setting's.
  private func settingHint(_ word: String, value: String) -> String? {
    guard let form = Self.settings[word] else { return nil }
    // A formula would need parentheses there.
    let isShort = !value.isEmpty && value.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    return "`\(form.replacing("V", with: isShort ? value : "…"))` sets it"
  }

  /// What stands behind a word in its statement.
  private func valueText(behind first: Token) -> String {
    let line = file.range(ofLine: file.line(at: first.range.lowerBound))
    let rest = file.text(in: first.range.upperBound..<max(first.range.upperBound, line.upperBound))
    let words = rest.prefix { $0 != ";" && $0 != "#" }.split { $0 == " " || $0 == "\t" || $0 == "\n" }
    return words.joined(separator: " ")
  }

  private static let printHint = "`print …` shows the value of a formula"
}
