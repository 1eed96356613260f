import SourceText
import Syntax
import TestSupport
import Testing

/// Printing and reading back is the identity on trees.
@Suite struct RoundTripTests {
  @Test(arguments: [
    "-Za . sg(Zb + oe)", "-Za . sg(Zb) / tau", "cos(oe - eta * op, op)", "-normalize(h(sg(za))) . sg(Zb)",
    "(Y - lambda @ Y) / (tau * M)", "softmax(X @ Y' / tau)", "(a . b) * c", "a * (b + c)", "(a + b) . (c + d)", "(-a)^2",
    "2^-1", "(a^b)^c", "a^b^c", "(a @ b)'", "(-X)'", "X''", "a - (b - c)", "a / (b * c)", "not (a or b) and c",
    "not a == b", "(not a) == b", "(a < b) == (c < d)", "a in [1, 2]", "(a in b) in c", "1..3", "(1..3) + 1", "a + 1 .. b - 1",
    "[1..3, 4]", "0..1 step 0.1", "(1..2)..3", "[x^2 for x in 1..10]", "sum(Z[i] for i in 2..N)", "f([x for x in L], 2)",
    "run(\"a\").top1", "(run(\"a\")) . x", "-(run(\"a\")) . x", "run(\"a\").mo[3]", "last(mo of \"a\")", "(mo of \"a\") + 1",
    "first(mo of run(\"a\"))", "X[2..5, :]", "X[:, 1]", "bias(h)", "freeze(h)(za)", "\"a \\\"quoted\\\" \\\\ \\n\"",
    "1e-05", "1e+300", "0.1", "[[3, 4], [1, 0]]", "a and b and (c and d)", "a . b", "1 . 2", "x == y or not z",
    "abs(x - 1) < 0.001", "-(a . b)", "-(a + b)", "--a", "2 * -x", "a ^ -b'"
  ])
  func formulas(text: String) throws {
    let tree = try expression(text)
    let printed = tree.source
    #expect(try expression(printed).isSame(as: tree), "printed as \(printed)")
    #expect(try expression(printed).source == printed)
  }

  /// What the printer leaves out.
  @Test(arguments: [
    ("((a))+(b*c)", "a + b * c"), ("(-Za) . (sg(Zb))", "-Za . sg(Zb)"), ("τ*(λ)", "tau * lambda"), ("a^(-b)", "a^-b"),
    ("za·zb", "za . zb"), ("(a*b)/c", "a * b / c"), ("1.50", "1.5"), ("100", "100"), ("(x)[1]", "x[1]"),
    ("[a,b , c]", "[a, b, c]"),
    ("sum([x for x in L])", "sum(x for x in L)"), ("( 1 ) .. ( n )", "1..n")
  ])
  func minimalParentheses(text: String, printed: String) throws {
    #expect(try expression(text).source == printed)
  }

  /// A name that is a keyword elsewhere ends at the words of a query.
  @Test func keywordsInQueries() throws {
    for text in ["where train < use sort reset limit 3", "where print like \"a%\" columns show, track", "sort train desc", "where use is missing"] {
      let read = try statements("history \(text)")
      #expect(read.map(\.source) == ["history \(text)"])
    }
  }

  /// A column that begins as a clause does keeps its parentheses.
  @Test(arguments: ["table (of'), \"a\" = of' of \"*\"", "table (as), of", "table (of + 1) of \"*\" as csv", "table of_, ofx"])
  func clausesAsColumns(text: String) throws {
    #expect(try statements(text).map(\.source) == [text])
  }

  @Test func randomTrees() throws {
    var maker = TreeMaker(seed: 20_260)
    for _ in 0..<5_000 {
      let tree = maker.expression(height: 6)
      let printed = tree.source
      #expect(try expression(printed).isSame(as: tree), "printed as \(printed)")
    }
  }
}

/// Random trees of every kind that can be typed.
private struct TreeMaker {
  private var random: SplitMix64
  private let place = SourceSpan(SourceFile(name: "", text: ""), 0..<0)
  private let names = ["a", "Zb", "tau", "step", "on", "mo", "x_1"]

  init(seed: UInt64) { random = SplitMix64(state: seed) }

  mutating func expression(height: Int) -> Expression { Expression(kind(height: height), span: place) }

  private mutating func name() -> String { names[Int.random(in: names.indices, using: &random)] }

  private mutating func list(height: Int, atLeast count: Int = 0) -> [Expression] {
    (0..<Int.random(in: count...3, using: &random)).map { _ in expression(height: height) }
  }

  private mutating func leaf() -> Expression.Kind {
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      .number(Double(Int.random(in: 0..<1_000, using: &random)) / [1, 10, 1e-7, 3, 1e12][Int.random(in: 0..<5, using: &random)])
    case 1: .string(["", "a b", "\"\\\n", "τ {x}"][Int.random(in: 0..<4, using: &random)])
    default: .name(name())
    }
  }

  private mutating func kind(height: Int) -> Expression.Kind {
    if height <= 1 { return leaf() }
    let below = height - 1
    switch Int.random(in: 0..<14, using: &random) {
    case 0: return leaf()
    case 1: return .list(list(height: below))
    case 2: return .comprehension(expression(height: below), variable: Binder(name(), place), source: expression(height: below))
    case 3: return .call(Expression(.name(name()), span: place), arguments: list(height: below))
    case 4: return .call(runCall(below), arguments: list(height: below))
    case 5: return .member(runCall(below), name())
    case 6: return .series(metric: Binder(name(), place), of: expression(height: below))
    case 7: return .unary(UnaryOperator.allCases[Int.random(in: 0..<2, using: &random)], expression(height: below))
    case 8: return .transpose(expression(height: below))
    case 9:
      let subscripts = list(height: below, atLeast: 1).map { Expression.Subscript.at($0) }
      return .index(expression(height: below), Bool.random(using: &random) ? subscripts : subscripts + [.all(place)])
    case 10:
      let step = Bool.random(using: &random) ? expression(height: below) : nil
      return .range(expression(height: below), expression(height: below), step: step)
    case 11: return .predicate(.isIn, expression(height: below), [expression(height: below)])
    default:
      let operation = BinaryOperator.allCases[Int.random(in: BinaryOperator.allCases.indices, using: &random)]
      return .binary(operation, expression(height: below), expression(height: below), operator: place)
    }
  }

  /// `run(…)`, or a run call that is an operand like any other.
  private mutating func runCall(_ height: Int) -> Expression {
    Expression(.call(Expression(.name("run"), span: place), arguments: list(height: height)), span: place)
  }
}
