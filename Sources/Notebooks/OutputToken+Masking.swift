// What is masked, by how it is written.
extension OutputToken {
  /// A word that is masked as it stands, or a line under a table's head, however long.
  static func maskedWord(_ word: String) -> Kind? {
    if word.count >= 2, word.allSatisfy({ "-─=|:+".contains($0) }), word.contains(where: { "-─=".contains($0) }) { return .word("--") }
    let bare = word.drop { "\"`(['".contains($0) }.reversed().drop { "\"`)]',.;:".contains($0) }.reversed()
    let text = String(bare)
    if isDate(text) || isClock(text) { return .masked(.time) }
    if text.hasPrefix("~/") || text.hasPrefix("/") && text.dropFirst().contains("/") {
      return .masked(.path(text.split(separator: "/").last.map(String.init) ?? ""))
    }
    return isHash(text) ? .masked(.hash) : nil
  }

  /// Numbers whose neighbours say that they differ from run to run.
  static func mask(_ tokens: inout [OutputToken], isList: Bool) {
    if isList, let first = tokens.first, first.wholeNumber != nil { tokens[0] = OutputToken(kind: .masked(.run), startsWord: true) }
    var result: [OutputToken] = []
    var place = 0
    while place < tokens.count {
      let token = tokens[place]
      if case .number = token.kind, place + 1 < tokens.count, case .word(let word) = tokens[place + 1].kind, let unit = unit(word) {
        let measured = OutputToken(kind: .masked(.measurement(unit)), startsWord: token.startsWord)
        // `1 h 12 min` is one duration.
        if unit != .duration || result.last?.kind != measured.kind { result.append(measured) }
        place += 2
        continue
      }
      if token.wholeNumber != nil, let last = result.last, last.namesRun {
        result.append(OutputToken(kind: .masked(.run), startsWord: token.startsWord))
      } else if token.kind == .masked(.time), result.last?.kind == .masked(.time) {
        // A date and its time of day are one.
      } else {
        result.append(token)
      }
      place += 1
    }
    tokens = result
  }

  private var wholeNumber: Int? {
    guard case .number(let text) = kind else { return nil }
    return Int(text)
  }

  /// `run`, as in `run 42 · no collapse`.
  private var namesRun: Bool {
    guard case .word(let word) = kind else { return false }
    return word == "run" || word == "runs"
  }

  private static func unit(_ word: String) -> Unit? {
    switch word.filter({ $0.isLetter || $0 == "/" || $0 == "µ" }) {
    case "ns", "µs", "ms", "s", "min", "h", "d", "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days": .duration
    case "GFLOP/s", "TFLOP/s", "GB/s", "images/s", "steps/s": .rate
    case "B", "KiB", "MiB", "GiB", "TiB", "kB", "MB", "GB", "TB": .size
    default: nil
    }
  }

  /// `2026-11-23`
  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { $0.allSatisfy(\.isASCIIDigit) }
  }

  /// `00:41`, `0:00:06`, `00:41:07`
  private static func isClock(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return (2...3).contains(parts.count) && (1...3).contains(parts[0].count) && parts.dropFirst().allSatisfy { $0.count == 2 }
      && parts.allSatisfy { $0.allSatisfy(\.isASCIIDigit) }
  }

  /// Twelve hexadecimal digits or more, both letters and numbers among them; a UUID has dashes between.
  private static func isHash(_ text: String) -> Bool {
    let digits = text.filter { $0 != "-" }
    return digits.count >= 12 && digits.allSatisfy(\.isHexDigit) && digits.contains(where: \.isLetter) && digits.contains(where: \.isNumber)
  }
}
