import Tables

/// A JSON value on its way out. Members stay in the order given.
indirect enum JSONValue: Sendable {
  case null
  case flag(Bool)
  case integer(Int)
  /// NaN and ±∞ are `null`.
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([(name: String, value: JSONValue)])
  /// Strict JSON on one line, as somebody else has written it.
  case written(String)

  /// Strict JSON on one line.
  var json: String {
    switch self {
    case .null: "null"
    case .flag(let flag): flag ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let number): NumberText.json(number)
    case .text(let text): JSONText.string(text)
    case .list(let items): "[" + items.map(\.json).joined(separator: ", ") + "]"
    case .object(let members): "{" + members.map { JSONText.string($0.name) + ": " + $0.value.json }.joined(separator: ", ") + "}"
    case .written(let json): json
    }
  }
}

extension JSONValue {
  static func texts(_ texts: [String]) -> JSONValue { .list(texts.map { .text($0) }) }

  /// `[start, end]`
  static func range(_ range: Range<Int>) -> JSONValue { .list([.integer(range.lowerBound), .integer(range.upperBound)]) }
}
