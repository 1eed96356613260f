import Testing

@Suite struct PrecedenceTests {
  /// Each operator against its neighbours in the order of the language's page, loosest first.
  @Test(arguments: [
    ("1..2 or 3", "(range 1 (or 2 3))"),
    ("a or b and c", "(or a (and b c))"),
    ("a and b or c", "(or (and a b) c)"),
    ("not a and b", "(and (not a) b)"),
    ("not a == b", "(not (== a b))"),
    ("a < b + c", "(< a (+ b c))"),
    ("a + b . c", "(+ a (. b c))"),
    ("a . b + c . d", "(+ (. a b) (. c d))"),
    ("a . b * c", "(. a (* b c))"),
    ("a * b . c / d", "(. (* a b) (/ c d))"),
    ("a * -b", "(* a (- b))"),
    ("-a * b", "(* (- a) b)"),
    ("-a ^ 2", "(- (^ a 2))"),
    ("a ^ -2", "(^ a (- 2))"),
    ("a ^ b ^ c", "(^ a (^ b c))"),
    ("a ^ b'", "(^ a (transpose b))"),
    ("-X'", "(- (transpose X))"),
    ("f(x)'", "(transpose (call f x))"),
    ("a - b - c", "(- (- a b) c)"),
    ("a / b * c @ d", "(@ (* (/ a b) c) d)"),
    ("--a", "(- (- a))"),
    ("not not a", "(not (not a))"),
    ("0..1 step 0.1", "(range 0 1 0.1)"),
    ("0.2..1", "(range 0.2 1)"),
    ("1..3", "(range 1 3)"),
    ("-1..1", "(range (- 1) 1)"),
    ("a in [x, y] and b", "(and (in a (list x y)) b)"),
    // The two that the page promises to read as the paper means them.
    ("-Za . sg(Zb) / tau", "(. (- Za) (/ (call sg Zb) tau))"),
    ("Za . eta * oz", "(. Za (* eta oz))"),
    ("-Za . sg(Zb + oe)", "(. (- Za) (call sg (+ Zb oe)))"),
    ("-grad(L, X)", "(- (call grad L X))"),
  ])
  func bindsAsThePageSays(text: String, tree: String) throws {
    #expect(form(try expression(text)) == tree)
  }

  @Test(arguments: [
    ("run(\"a\").top1", "(member top1 (call run \"a\"))"),
    ("run(\"a\").top1 > run(\"b\").top1", "(> (member top1 (call run \"a\")) (member top1 (call run \"b\")))"),
    ("za.zb", "(. za zb)"),
    ("f(x).y", "(. (call f x) y)"),
    ("freeze(h)(za)", "(call (call freeze h) za)"),
    ("X[2..5, :]", "(index all X (range 2 5))"),
    ("Z[i]", "(index Z i)"),
    ("sum(E for i in 1..N)", "(call sum (each i E (range 1 N)))"),
    ("[E for x in L]", "(each x E L)"),
    ("[1, 2,\n 3,]", "(list 1 2 3)"),
    ("[]", "(list)"),
    ("last(mo of \"a\")", "(call last (series mo \"a\"))"),
    ("mean(Z[2..10])", "(call mean (index Z (range 2 10)))"),
    ("a +\n\n b", "(+ a b)"),
    ("f(a,\n  b # two\n)", "(call f a b)"),
    ("za · zb", "(. za zb)"),
    ("1e-5 + 2.5E3", "(+ 1e-05 2500)"),
    ("\"a \\\"b\\\" \\\\ \\n\"", "\"a \"b\" \\ \n\""),
    ("true", "true"),
    ("step + on", "(+ step on)"),
  ])
  func readsOperands(text: String, tree: String) throws {
    #expect(form(try expression(text)) == tree)
  }

  @Test(arguments: [
    ("τ", "tau"), ("λ", "lambda"), ("η_2", "eta_2"), ("Δmo", "Deltamo"), ("µ", "mu"), ("ε", "epsilon"), ("ϵ", "epsilon"),
    ("Ω", "Omega"), ("straße", "straße"), ("_x1", "_x1"),
  ])
  func canonicalNames(text: String, name: String) throws {
    #expect(form(try expression(text)) == name)
    #expect(try expression(text).isSame(as: expression(name)))
  }
}
