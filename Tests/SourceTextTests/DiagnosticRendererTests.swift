import Foundation
import SourceText
import Testing

@Suite struct DiagnosticRendererTests {
  /// Renders an error at the first place of `words` in a text, with other words related.
  private func rendered(_ text: String, at words: String, related: [String] = [], hints: [String] = []) throws -> String {
    let file = SourceFile(name: "quick.siam", text: text)
    func span(_ words: String) throws -> SourceSpan {
      let range = try #require(text.range(of: words))
      return SourceSpan(
        file,
        text.utf8.distance(
          from: text.startIndex, to: range.lowerBound)..<text.utf8.distance(from: text.startIndex, to: range.upperBound))
    }
    return DiagnosticRenderer().render(
      Diagnostic(.error, "wrong", at: try span(words), related: try related.map(span), hints: hints))
  }

  @Test func twoPlacesOfOneLine() throws {
    #expect(
      try rendered("\nloss -Za . sg(fb)\n", at: "sg(fb)", related: ["Za"], hints: ["one", "two"]) == """
        quick.siam:2:12: error: wrong
            loss -Za . sg(fb)
                  ~~   ^~~~~~
          hint: one
          hint: two
        """)
  }

  @Test func otherLinesAreQuotedToo() throws {
    #expect(
      try rendered("let x = 1\nprint x + y, z", at: "y", related: ["x =", "z", "1"]) == """
        quick.siam:2:11: error: wrong
            print x + y, z
                      ^  ~
            let x = 1
                ~~~ ~
        """)
  }

  /// Tabs, combining marks and wide characters move what stands behind them by as much as they are wide.
  @Test func marksStandUnderTheirWords() throws {
    #expect(try rendered("\tlet x", at: "let") == "quick.siam:1:2: error: wrong\n        let x\n        ^~~")
    #expect(try rendered("a\tb", at: "b") == "quick.siam:1:3: error: wrong\n    a   b\n        ^")
    #expect(try rendered("表 = x", at: "x") == "quick.siam:1:5: error: wrong\n    表 = x\n         ^")
    #expect(try rendered("e\u{301} = x", at: "x") == "quick.siam:1:5: error: wrong\n    e\u{301} = x\n        ^")
    #expect(try rendered("👩‍🔬 x", at: "x") == "quick.siam:1:3: error: wrong\n    👩‍🔬 x\n       ^")
    #expect(try rendered("x 表表 y", at: "表表") == "quick.siam:1:3: error: wrong\n    x 表表 y\n      ^~~~")
  }

  @Test func controlCharactersAreShownAsSigns() throws {
    let text = try rendered("print \u{1B}[31m \u{7} \u{202E} x\r\n", at: "x")
    #expect(text == "quick.siam:1:17: error: wrong\n    print ␛[31m ␇ <U+202E> x\n                           ^")
    let message = Diagnostic("`\u{1B}[2J\n`", at: nil, hint: "\u{7F}")
    #expect(DiagnosticRenderer().render(message) == "error: `␛[2J␊`\n  hint: ␡")
  }

  @Test func spansOfNothingAndOfManyLines() throws {
    let file = SourceFile(name: "t", text: "print (\nx")
    let render = DiagnosticRenderer().render
    #expect(render(Diagnostic("m", at: SourceSpan(file, 7..<7))) == "t:1:8: error: m\n    print (\n           ^")
    #expect(render(Diagnostic("m", at: SourceSpan(file, 6..<9))) == "t:1:7: error: m\n    print (\n          ^")
    #expect(render(Diagnostic("m", at: SourceSpan(file, 9..<9))) == "t:2:2: error: m\n    x\n     ^")
    #expect(render(Diagnostic("m", at: SourceSpan(file, 50..<60))) == "t:2:2: error: m\n    x\n     ^")
    #expect(render(Diagnostic("m", at: SourceSpan(SourceFile(name: "e", text: ""), 0..<0))) == "e:1:1: error: m\n    \n    ^")
    #expect(render(Diagnostic(.warning, "m")) == "warning: m")
  }

  @Test func longLinesAreShownInPart() throws {
    let filler = String(repeating: "ab + ", count: 40)
    let lines = try rendered(filler + "wrong + " + filler, at: "wrong", related: ["ab"]).split(separator: "\n")
    #expect(lines[1].count == 4 + 102)
    #expect(lines[1].hasPrefix("    …") && lines[1].hasSuffix("…"))
    let caret = try #require(lines[2].firstIndex(of: "^"))
    let column = lines[2].distance(from: lines[2].startIndex, to: caret)
    #expect(lines[1].dropFirst(column).hasPrefix("wrong"))
    #expect(lines[2].dropFirst(column) == "^~~~~")
    let begin = try rendered("wrong + " + filler, at: "wrong").split(separator: "\n")
    #expect(begin[1].hasPrefix("    wrong") && begin[1].hasSuffix("…") && begin[2] == "    ^~~~~")
    let end = try rendered(filler + "wrong", at: "wrong").split(separator: "\n")
    #expect(end[1].hasPrefix("    …") && end[1].hasSuffix("wrong"))
    #expect(end[1].count == end[2].count)
  }

  /// A line of a megabyte is not laid out to show a hundred columns of it.
  @Test func hugeLines() throws {
    let text = String(repeating: "表", count: 300_000) + "x" + String(repeating: "e\u{301}", count: 300_000)
    let lines = try rendered(text, at: "x").split(separator: "\n")
    #expect(lines[1].contains("表x"))
  }
}
