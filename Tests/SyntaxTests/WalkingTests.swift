import SourceText
import Syntax
import Testing

@Suite struct WalkingTests {
  @Test(arguments: [
    ("τ * x", "tau*x", true), ("a + b", "b + a", false), ("f(x)", "(f)", false), ("X[1, :]", "X[:, 1]", false),
    ("1..2", "1..2 step 1", false),
    ("x", "\"x\"", false), ("[x for x in L]", "[y for y in L]", false), ("a . b", "a·b", true), ("((a))", "a", true),
    ("1.0", "1", true)
  ])
  func sameness(left: String, right: String, isSame: Bool) throws {
    #expect(try expression(left).isSame(as: expression(right)) == isSame)
  }

  @Test func names() throws {
    let tree = try expression("h(za) . sg(Zb + [x * y for x in x][1]) + freeze(h)(τ) + last(mo of \"a\")")
    #expect(tree.mentionedNames == ["za", "Zb", "x", "y", "h", "tau"])
    #expect(tree.calledNames == ["h", "sg", "freeze", "last"])
  }

  @Test(arguments: [
    ("a . b", "-Zn . b"), ("a^2", "(-Zn)^2"), ("f(a)", "f(-Zn)"), ("a(x)", "a(x)"), ("[a for a in a]", "[a for a in -Zn]"),
    ("[a * Zn for Zn in L]", "[-Zn * Zn_ for Zn_ in L]"), ("X[a, :, b]", "X[-Zn, :, b]"), ("1..a step a", "1..-Zn step -Zn"),
    ("run(a).top1 in [a]", "run(-Zn).top1 in [-Zn]"), ("a'", "(-Zn)'"), ("freeze(a)(a)", "freeze(-Zn)(-Zn)"),
    ("first(mo of a)", "first(mo of -Zn)")
  ])
  func replacing(text: String, replaced: String) throws {
    let definition = try expression("-Zn")
    #expect(try expression(text).replacing(["a": definition]).source == replaced)
  }

  @Test func replacingIsBoundedInHeight() throws {
    let chain = "1" + String(repeating: " + 1", count: 900)
    let nest = String(repeating: "f(", count: 200) + "a" + String(repeating: ")", count: 200)
    let isRefused = onMainSizedStack { () -> Bool in
      guard let tall = try? expression(chain), let formula = try? expression(nest) else { return false }
      do throws(Diagnostic) {
        _ = try formula.replacing(["a": tall])
        return false
      } catch {
        return error.message.hasPrefix("nested deeper than 1000 levels")
      }
    }
    #expect(isRefused == true)
  }

  @Test func greekLetters() {
    #expect(GreekLetters.all.count == 48)
    #expect(GreekLetters.greek(for: "tau") == "τ")
    #expect(GreekLetters.latin(for: "Ω") == "Omega")
    #expect(GreekLetters.greek(for: "x") == nil)
    #expect(StatementKeyword.beginning(with: "tr").map(\.rawValue) == ["track", "train"])
  }
}
