import RunHistory
import SourceText
import Syntax
import Testing

@Suite("Formulas as trees")
struct CanonicalTreeTests {
  private func tree(_ text: String) throws -> CanonicalTree {
    CanonicalTree(try Parser.expression(of: SourceFile(name: "<test>", text: text)))
  }

  @Test(
    "one text for one meaning",
    arguments: [
      ("-Za . sg(Zb+oe)", "-Za.sg( oe + Zb )", "(. (- Za) (sg (+ Zb oe)))"),
      ("a - b + c", "c + a - b", "(+ (- b) a c)"),
      ("2*x*y", "y * (2 * x)", "(* 2 x y)"),
      ("-2", "- - -2", "-2"),
      ("- -x", "x", "x"),
      ("X'", "(X)'", "(' X)"),
      ("freeze(h)(za)", "freeze( h )( za )", "($call (freeze h) za)"),
      ("Z[2..5, :]", "Z[2 .. 5,:]", "($index Z ($range 2 5) $all)"),
      ("sum(E for i in 1..3)", "sum( E  for i in 1..3 )", "(sum ($for i ($range 1 3) E))")
    ])
  func canonical(left: String, right: String, text: String) throws {
    #expect(try tree(left).text == text)
    #expect(try tree(right).text == text)
  }

  @Test(
    "contained",
    arguments: [
      ("-Za . sg(Zb)", "sg(Zb)"), ("-Za . sg(Zb + oe)", "sg(oe + Zb)"), ("-Za . sg(Zb + oe + re)", "re + Zb"),
      ("-Za . sg(Zb)", "-Za . sg(Zb)"), ("-Za . sg(Zb)", "Zb"), ("a - b", "-b"), ("run(\"a (b\").top1 + x", "x"), ("2*x*y", "y*2")
    ])
  func contained(whole: String, part: String) throws { #expect(try tree(whole).contains(tree(part))) }

  @Test(
    "not contained",
    arguments: [
      ("-Za . sg(Zb)", "sg(Za)"), ("-Za . sg(Zbb)", "Zb"), ("-Za . sg(Zb + oe)", "sg(Zb)"), ("a + b", "a + a"),
      ("a . b", "b . a"),
      ("print(\"sg(Zb)\")", "sg(Zb)")
    ])
  func notContained(whole: String, part: String) throws { #expect(try !tree(whole).contains(tree(part))) }

  @Test func aLongSum() throws {
    let names = (1...900).map { "x\($0)" }
    let sum = try tree(names.joined(separator: " + "))
    #expect(try sum.contains(tree("x900 + x1 + x450")))
    #expect(try !sum.contains(tree("x1 + x901")))
  }

  /// A history that somebody else wrote may hold trees that nobody typed; what is asked of them takes as long as they are long.
  @Test("a tree of another hand", arguments: ["(+ a ", "(", "(sg ", "(* (+ a b) "])
  func hostile(nest: String) {
    let deep = String(repeating: nest, count: 50_000)
    let start = ContinuousClock.now
    for tree in [deep, deep + "b" + String(repeating: ")", count: 50_000), String(repeating: ")", count: 50_000) + deep] {
      for pattern in ["(+ a b)", "(* b (+ a b))", "b", tree] { _ = CanonicalTree.contains(tree, pattern) }
    }
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(CanonicalTree.contains(deep + "(+ a b)" + String(repeating: ")", count: 50_000), "(+ b a)"))
  }
}
