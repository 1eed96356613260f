import Foundation

/// What the command line says.
struct Options {
  private(set) var count = 10_000
  private(set) var seed = 0
  /// The one kind that is tried.
  private(set) var kind: String?
  /// The one input that is tried.
  private(set) var again: Int?

  init(_ arguments: [String], kinds: [String]) throws(WrongUse) {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      switch option {
      case "--count": count = try Self.number(rest.popFirst(), of: option)
      case "--seed": seed = try Self.number(rest.popFirst(), of: option)
      case "--only": kind = rest.popFirst()
      case "--again":
        kind = rest.popFirst()
        again = try Self.number(rest.popFirst(), of: option)
      default: throw WrongUse(words: "what is `\(option)`?")
      }
    }
    if let kind, !kinds.contains(kind) { throw WrongUse(words: "`\(kind)` is none of \(kinds.joined(separator: ", "))") }
  }

  private static func number(_ text: String?, of option: String) throws(WrongUse) -> Int {
    guard let number = text.flatMap({ Int($0) }), number >= 0 else { throw WrongUse(words: "`\(option)` takes a number") }
    return number
  }

  struct WrongUse: Error { let words: String }
}
