import SourceText
import Syntax
import Testing

@Suite struct HighlighterTests {
  /// Each coloured part as `kind:text`; names are left out.
  private func colors(_ text: String) -> String {
    let file = SourceFile(name: "a.siam", text: text)
    return SyntaxHighlighter.pieces(of: file).filter { $0.kind != .name }.map { "\($0.kind.rawValue):\(file.text(in: $0.range))" }.joined(
      separator: " ")
  }

  @Test(arguments: [
    ("loss -Za . sg(Zb + oe)  # why", "keyword:loss sign:- sign:. function:sg sign:+ comment:# why"),
    ("train fresh 20 as \"a#b\"; reset", "keyword:train keyword:fresh number:20 keyword:as string:\"a#b\" keyword:reset"),
    ("augment crop=0.2..1", "keyword:augment option:crop sign:= number:0.2 sign:.. number:1"),
    ("for s in 1..3 {\n  seed s\n}", "keyword:for keyword:in number:1 sign:.. number:3 keyword:seed"),
    ("let loss = -loss", "keyword:let sign:= sign:-"), ("let x = [1,\n  seed, 2]", "keyword:let sign:= number:1 sign:, sign:, number:2"),
    ("sql SELECT 'a # b' FROM runs\nprint 1", "keyword:sql keyword:print number:1"),
    ("#> 1\n# loss\nval a = τ", "comment:#> 1 comment:# loss keyword:val sign:="),
    // What cannot be read has no colour, and what follows has.
    ("let x = \"open\nprint 1", "keyword:let sign:= keyword:print number:1"), ("print ?? ! 3\nprint 1", "keyword:print keyword:print number:1"),
    ("\"\\q\"", ""), ("", "")
  ])
  func kinds(text: String, expected: String) { #expect(colors(text) == expected) }

  /// In order, apart, within the text.
  @Test func pieces() {
    let text = "let x = sum(E for i in 1..N) # τ\r\n\u{0}\u{FFFF}\"a\\\nprint \"é\", 2e5 ++ ''\n}{)(\n"
    let file = SourceFile(name: "", text: text)
    var place = 0
    for piece in SyntaxHighlighter.pieces(of: file) {
      #expect(piece.range.lowerBound >= place && !piece.range.isEmpty)
      place = piece.range.upperBound
    }
    #expect(place <= file.bytes.count)
  }
}
