/// The text of a formula that is still being typed, and what is open in it.
struct OpenFormula {
  private let text: String
  private var open: [Bracket] = []

  fileprivate struct Bracket {
    let closing: Character
    /// What is called, if it is a call.
    let callee: String
    var commas = 0
  }

  init(_ text: String) {
    self.text = text
    var word = ""
    var isInString = false
    for character in text {
      if character == "\"" { isInString.toggle() }
      guard !isInString else { continue }
      switch character {
      case "(", "[": open.append(Bracket(closing: character == "(" ? ")" : "]", callee: character == "(" ? word : ""))
      case ")", "]": _ = open.popLast()
      case ",": if !open.isEmpty { open[open.count - 1].commas += 1 }
      default: break
      }
      word = character.isLetter || character.isNumber || character == "_" ? word + String(character) : ""
    }
  }

  /// The formula with a name at its end, and with the arguments and brackets that are missing; several where arguments may be of several kinds.
  func completed(with name: String) -> [String] {
    var endings = [""]
    for bracket in open.reversed() {
      endings = endings.flatMap { ending in bracket.rests.map { ending + $0 + String(bracket.closing) } }
      // Calls in calls in calls: the first kinds are the likely ones.
      endings = Array(endings.prefix(16))
    }
    return endings.map { text + " " + name + $0 }
  }
}

extension OpenFormula.Bracket {
  /// What the call still needs.
  fileprivate var rests: [String] {
    guard let function = FormulaFunction.named(callee) else { return [""] }
    let missing = function.arguments.lowerBound - commas - 1
    guard missing > 0 else { return [""] }
    if missing == 1 { return [", Za", ", 0.5", ", cov(Za)"] }
    return ["Za", "0.5"].flatMap { first in ["0.5", "Za"].map { ", \(first), \($0)" } }
  }
}
