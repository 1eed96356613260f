import Foundation
import SourceText
import Syntax
import TestSupport
import Testing

/// Every mistake with its whole text, which is an interface: `Mistakes.txt` holds them, as typed, a rule of four `-`, what Siam
/// says of it, and a rule of four `=`. A text that begins with `siam> ` is typed at the prompt.
@Suite struct MistakeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let typed: String
    let answer: String
    var testDescription: String { typed }
  }

  static let cases: [Case] = {
    let url = Fixtures.url("Mistakes.txt", beside: #filePath)
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n====\n").compactMap { part in
      let halves = part.components(separatedBy: "\n----\n")
      return halves.count == 2 ? Case(typed: halves[0], answer: halves[1]) : nil
    }
  }()

  @Test func allAreRead() { #expect(Self.cases.count > 130) }

  @Test(arguments: cases)
  func saysWhatIsWrong(example: Case) {
    let prompt = "siam> "
    let isPrompt = example.typed.hasPrefix(prompt)
    let text = isPrompt ? String(example.typed.dropFirst(prompt.count)) : example.typed
    #expect(mistake(text, mode: isPrompt ? .prompt : .script) == example.answer)
  }

  /// What cannot stand in a text file: control characters are shown as signs, never sent.
  @Test func controlCharacters() {
    #expect(
      mistake("print \u{1B}[31m") == "t:1:7: error: `␛` is not a sign of the language\n    print ␛[31m\n          ^")
    #expect(mistake("\u{202E}") == "t:1:1: error: `<U+202E>` is not a sign of the language\n    <U+202E>\n    ^~~~~~~~")
    #expect(mistake("let \u{0} = 1") == "t:1:5: error: `␀` is not a sign of the language\n    let ␀ = 1\n        ^")
  }
}
