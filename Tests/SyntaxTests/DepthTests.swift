import SourceText
import Syntax
import Testing

/// However deep a text is nested, reading it ends with a tree or a diagnostic.
@Suite struct DepthTests {
  /// The beginning of a text, what is repeated, the middle, what is repeated behind it.
  private static let nests: [(String, String, String, String)] = [
    ("print ", "(", "1", ")"), ("print ", "[", "1", "]"), ("print ", "f(", "1", ")"), ("print ", "X[", "1", "]"),
    ("print ", "-", "1", ""),
    ("print ", "not ", "a", ""), ("print ", "2^", "1", ""), ("print ", "2^-", "1", ""), ("print ", "1 + ", "1", ""),
    ("print 1", " + 1", "", ""),
    ("print a", " and a", "", ""), ("print a", "'", "", ""), ("print f", "()", "", ""), ("print a", "[1]", "", ""),
    ("print ", "[x for x in ", "y", "]"),
    ("print ", "f(a or b and not c < d + e . f * -g^(", "1", "))"), ("print ", "first(mo of ", "1", ")"),
    ("", "if a {\n", "print 1", "\n}"),
    ("", "for x in y { ", "print 1", " }"), ("if a { }", " else if b { }", "", ""), ("projector ", "tanh(", "fc", ")"),
    ("seed ", "(", "1", ")"), ("history where ", "(", "a", ")"), ("print ", "(a . b . ", "c", ")")
  ]

  private static func text(_ nest: (String, String, String, String), _ count: Int) -> String {
    nest.0 + String(repeating: nest.1, count: count) + nest.2 + String(repeating: nest.3, count: count)
  }

  @Test(arguments: nests.indices)
  func tooDeep(_ index: Int) throws {
    for text in [Self.text(Self.nests[index], 200_000), String(Self.text(Self.nests[index], 200_000).prefix(300_000))] {
      let rendered = try #require(onMainSizedStack { mistake(text) } ?? nil)
      let first = rendered.split(separator: "\n")[0]
      if Self.nests[index].1.contains("a . b . ") {
        #expect(first.hasSuffix("it does not chain"))
      } else {
        #expect(first.hasSuffix("error: nested deeper than 1000 levels"))
      }
      #expect(rendered.count < 1_000)
    }
  }

  /// What is just allowed can be read, printed, compared, walked and freed.
  @Test(arguments: nests.indices)
  func deepEnough(_ index: Int) throws {
    let text = Self.text(Self.nests[index], Self.nests[index].1.count < 3 ? 900 : 90)
    guard !text.contains("a . b . ") else { return }
    let isSame = onMainSizedStack { () -> Bool in
      guard let read = try? statements(text), let again = try? statements(read[0].source) else { return false }
      return read[0].source == again[0].source
    }
    #expect(isSame == true)
  }

  @Test func highestTree() throws {
    let text = "1" + String(repeating: " + 1", count: Parser.deepestTree - 1)
    let height = onMainSizedStack { () -> Int? in
      guard let tree = try? expression(text), let again = try? expression(tree.source), tree.isSame(as: again) else { return nil }
      return tree.height + tree.mentionedNames.count
    }
    #expect(height == Parser.deepestTree)
  }

  /// What is wrong with a text as long as a book is said in a few lines.
  @Test(arguments: ["WORD", "print f(WORD = 1)", "WORD = 3", "encoder WORD=", "print 1WORD", "table WORD WORD", "let WORD", "let and = WORD"])
  func complaintsAreShort(text: String) {
    let long = text.replacing("WORD", with: String(repeating: "h", count: 20_000))
    for mode in [Parser.Mode.script, .prompt] {
      let complaint = mistake(long, mode: mode) ?? ""
      #expect(complaint.count < 1_000)
    }
  }

  /// Long is not deep.
  @Test func longTextsAreFine() throws {
    #expect(try statements(String(repeating: "print 1\n", count: 20_000)).count == 20_000)
    #expect(try expression("[" + String(repeating: "1, ", count: 100_000) + "]").height == 2)
    #expect(try expression(String(repeating: "x", count: 300_000)).height == 1)
  }
}
