import SourceText
import Syntax
import Testing

/// What is short for what at the prompt.
@Suite struct PromptTests {
  @Test(arguments: [
    ("pri x", "print x"), ("proj fc D", "projector fc D"), ("q", "quit"), ("trai 20", "train 20"),
    ("hist where a > 1", "history where a > 1"),
    ("le x = 3", "let x = 3"), ("pri -Za", "print -Za"), ("pri [1, 2]", "print [1, 2]"), ("pri (a)", "print a"),
    ("sq SELECT 1", "sql SELECT 1"),
    ("for x in L { pri x }", "for x in L {\n  print x\n}"), ("print x", "print x")
  ])
  func prefixes(typed: String, canonical: String) throws {
    #expect(try statements(typed, mode: .prompt).map(\.source) == [canonical])
  }

  @Test(arguments: [
    ("za . zb", "print za . zb"), ("1 + 2", "print 1 + 2"), ("x", "print x"), ("x, y on test", "print x, y on test"),
    ("[1, 2]", "print [1, 2]"),
    ("-x", "print -x"), ("h(za)", "print h(za)"), ("p[1]", "print p[1]"), ("h'", "print h'"), ("r - 1", "print r - 1"),
    ("e * 2", "print e * 2"), ("h == 1", "print h == 1"), ("\"text\"", "print \"text\""), ("not a", "print not a"),
    ("for x in L { x }", "for x in L {\n  print x\n}")
  ])
  func formulasPrint(typed: String, canonical: String) throws {
    #expect(try statements(typed, mode: .prompt).map(\.source) == [canonical])
  }

  @Test func aBareFormulaHasAnEmptyKeyword() throws {
    let read = try statements("  za . zb", mode: .prompt)
    #expect(read[0].keyword.name == "print")
    #expect(read[0].keyword.span.range == 2..<2)
    #expect(read[0].span.text == "za . zb")
  }

  /// A name of the session's is not taken for a shortened keyword.
  @Test func knownNames() throws {
    let file = SourceFile(name: "<prompt>", text: "mo; re; proj fc")
    let read = try Parser.statements(of: file, mode: .prompt, isKnownName: { ["mo", "re"].contains($0) })
    #expect(read.map(\.source) == ["print mo", "print re", "projector fc"])
  }

  /// Nor is one that the same text defines, from there on.
  @Test func namesDefinedBefore() throws {
    let read = try statements("val re = 1; re\nlet mo = 2; mo; for a in 1..2 { a }; proj fc", mode: .prompt)
    #expect(read.map(\.source) == ["val re = 1", "print re", "let mo = 2", "print mo", "for a in 1..2 {\n  print a\n}", "projector fc"])
  }

  /// A string may go on over lines at the prompt, where it reads on until the quote comes.
  @Test func longStrings() throws {
    #expect(try statements("print \"a\nb\"", mode: .prompt).map(\.source) == ["print \"a\\nb\""])
  }
}
