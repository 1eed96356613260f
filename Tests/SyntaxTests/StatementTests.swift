import SourceText
import Syntax
import Testing

@Suite struct StatementTests {
  /// What is typed, and its canonical spelling, which reads back as itself.
  @Test(arguments: [
    ("let Ge=-Zn", "let Ge = -Zn"), ("val A = [[3, 4], [1, 0]] on test", "val A = [[3, 4], [1, 0]] on test"),
    ("let x =\n  3", "let x = 3"), ("val x = mean(y) on 20 batches", "val x = mean(y) on 20 batches"),
    ("val x = y on (n + 1) batches", "val x = y on (n + 1) batches"), ("val τ = 0.2 on train", "val tau = 0.2 on train"),
    ("loss -Za . sg(Zb + oe)", "loss -Za . sg(Zb + oe)"), ("loss onesided -Za . Zb", "loss onesided -Za . Zb"),
    ("loss alternating Lh, -normalize(freeze(h)(za)) . sg(Pb)", "loss alternating Lh, -normalize(freeze(h)(za)) . sg(Pb)"),
    ("track c = cos(oe, oz) every epoch", "track c = cos(oe, oz) every epoch"), ("track c = x", "track c = x every step"),
    ("track c = x on test", "track c = x every epoch on test"),
    ("track c = x on test every step", "track c = x every step on test"),
    ("print norm(A)", "print norm(A)"), ("print \"a\", x y z, 3", "print \"a\", x, y, z, 3"),
    ("print x on test", "print x on test"),
    ("expect collapsed", "expect collapsed"), ("expect abs(x - 1) < 1e-3", "expect abs(x - 1) < 0.001"),
    ("expect run(\"a\").top1 > run(\"b\").top1", "expect run(\"a\").top1 > run(\"b\").top1"),
    ("expect run(n).verdict in [\"full\", \"diverged\"]", "expect run(n).verdict in [\"full\", \"diverged\"]"),
    ("for x in 1..3 { print x; print y }", "for x in 1..3 {\n  print x\n  print y\n}"),
    ("for n in [\"a\",\n \"b\"] {\n\n}", "for n in [\"a\", \"b\"] {\n}"),
    (
      "if a { print 1 }\nelse if b { print 2 }\n\nelse { print 3 }",
      "if a {\n  print 1\n} else if b {\n  print 2\n} else {\n  print 3\n}"
    ),
    ("if a { if b { } else { print 1 } }", "if a {\n  if b {\n  } else {\n    print 1\n  }\n}"),
    ("include \"settings.siam\"", "include \"settings.siam\"")
  ])
  func formulas(typed: String, canonical: String) throws { try check(typed, canonical) }

  @Test(arguments: [
    ("projector fc D + bn + relu + fc D/4 + bn(affine=false)", "projector fc D + bn + relu + fc D/4 + bn(affine=false)"),
    ("predictor fc(D/4) + fc + bias", "predictor fc D/4 + fc + bias"), ("predictor tanh(fc)", "predictor tanh(fc)"),
    ("predictor none", "predictor none"), ("module hinv = fc (D+2)*3 +\n bn + l2", "module hinv = fc (D + 2)*3 + bn + l2"),
    ("projector bn(affine=false, momentum=0.1)", "projector bn(affine=false, momentum=0.1)"), ("projector bn()", "projector bn"),
    ("data cifar10 \"../x y\" train=5000 classes=10", "data cifar10 \"../x y\" train=5000 classes=10"),
    ("data cifar10 or fashion or shapes", "data cifar10 or fashion or shapes"),
    ("augment crop=0.2..1 flip=0.5 jitter=[0.4,0.4,0.4,0.1]", "augment crop=0.2..1 flip=0.5 jitter=[0.4, 0.4, 0.4, 0.1]"),
    ("augment none", "augment none"), ("encoder mlp 512 256", "encoder mlp 512 256"),
    ("encoder convnet width = 16", "encoder convnet width=16"),
    ("optimizer sgd lr=0.5 momentum=0.9 decay=1e-5", "optimizer sgd lr=0.5 momentum=0.9 decay=1e-05"),
    ("rate h lr=(1 + 2)", "rate h lr=(1 + 2)"), ("rate h lr=D/4", "rate h lr=D/4"), ("rate h lr=-1", "rate h lr=-1"),
    ("batch (2 * 128)", "batch 2*128"), ("seed 0", "seed 0"), ("use quick", "use quick"), ("views 2", "views 2"),
    ("show", "show"),
    ("show Za, oe", "show Za oe"), ("evaluate knn k=20", "evaluate knn k=20"), ("probe off", "probe off"),
    ("flow loss", "flow loss"),
    ("flow (-Za . sg(Zb))", "flow (-Za . sg(Zb))"), ("note 41 \"fine\\n\"", "note 41 \"fine\\n\""),
    ("tag 41 table3", "tag 41 table3"),
    ("history save \"a.sqlite\"", "history save \"a.sqlite\""), ("forget 41..43", "forget 41..43"), ("show (x)", "show (x)"),
    ("show (\"x\")", "show (\"x\")"), ("help for", "help for"),
    ("rerun 42 with tau=0.1, augment.flip=0 as \"b\"", "rerun 42 with tau=0.1 augment.flip=0 as \"b\""),
    ("rerun 42 with loss=(-Za . sg(Zb))", "rerun 42 with loss=(-Za . sg(Zb))"), ("compare 41, \"a\"", "compare 41 \"a\""),
    ("for s in 1..3 parallel n+1 { print s }", "for s in 1..3 parallel n + 1 {\n  print s\n}"), ("purge", "purge"),
    ("import \"a.sqlite\"", "import \"a.sqlite\""), ("export runs to \"a.csv\"", "export runs to \"a.csv\""),
    ("export series to \"a.json\" of 41 \"b\"", "export series of 41, \"b\" to \"a.json\""),
    ("export runs where lr = 0.5 and tag = a to \"a.csv\"", "export runs where lr == 0.5 and tag == a to \"a.csv\""),
    ("quit", "quit"),
    ("threshold full=0.2 partial=0.5", "threshold full=0.2 partial=0.5"), ("reset # all", "reset"),
    ("check \"a.siam\"", "check \"a.siam\"")
  ])
  func words(typed: String, canonical: String) throws { try check(typed, canonical) }

  @Test(arguments: [
    ("train", "train"), ("train 20", "train 20"), ("train 300 steps", "train 300 steps"), ("train 5 epochs", "train 5"),
    ("train fresh 3*epochs as \"Alg. 3\"", "train fresh 3 * epochs as \"Alg. 3\""),
    ("train fresh as \"tau={x}\"", "train fresh as \"tau={x}\""),
    ("train as n", "train as n"), ("decompose Za", "decompose Za"), ("decompose grad", "decompose grad"),
    ("decompose Za on 20 batches", "decompose Za on 20 batches"),
    ("history", "history"), ("history 42", "history 42"),
    (
      "history where top1>30 and not collapsed sort top1 desc limit 10",
      "history where top1 > 30 and not collapsed sort top1 desc limit 10"
    ),
    (
      "history where (loss contains sg(Zb)) or tag = table3 and started > -7d",
      "history where loss contains sg(Zb) or tag == table3 and started > \"-7d\""
    ),
    ("history where min(std) < 0.001 or first(mr < 0.1) < 20", "history where min(std) < 0.001 or first(mr < 0.1) < 20"),
    (
      "history columns name, lr, last(mo), max(top1) format csv > \"runs.csv\"",
      "history columns name, lr, last(mo), max(top1) format csv > \"runs.csv\""
    ),
    ("history columns name lr sort a, b asc, c desc", "history columns name, lr sort a, b, c desc"),
    (
      "history where a between 1 and 2 and b is missing and c like \"x%\"",
      "history where a between 1 and 2 and b is missing and c like \"x%\""
    ),
    ("history where started > \"2026-01-01\" > \"f.csv\"", "history where started > \"2026-01-01\" > \"f.csv\""),
    ("history where tag in [a, b] limit 3", "history where tag in [a, b] limit 3"), ("history > \"x\"", "history > \"x\""),
    ("sql SELECT name, 'a;b' FROM runs # } all ", "sql SELECT name, 'a;b' FROM runs # } all"),
    (
      "table verdict, std, \"paper\" = [36.21, 47.41, 1] of \"triplet*\" as markdown",
      "table verdict, std, \"paper\" = [36.21, 47.41, 1] of \"triplet*\" as markdown"
    ),
    ("table", "table"), ("table mo mr", "table mo, mr"), ("table as csv of \"a\"", "table of \"a\" as csv"),
    ("plot mo mr", "plot mo, mr"), ("plot mo mr of 41 42", "plot mo, mr of 41, 42"),
    ("plot mr of \"a\", \"b\" to \"f.svg\"", "plot mr of \"a\", \"b\" to \"f.svg\""),
    (
      "plot cos(oe - eta*op, op) against eta in -1..1 on test to \"fig.svg\"",
      "plot cos(oe - eta * op, op) against eta in -1..1 on test to \"fig.svg\""
    ),
    ("plot x against η in 0..1 step 0.1", "plot x against eta in 0..1 step 0.1"), ("plot mo of 41..43", "plot mo of 41..43"),
    ("plot mo mr y=log x=linear of 41 42", "plot mo, mr of 41, 42 y=log x=linear"), ("plot mo of 41 y=log", "plot mo of 41 y=log"),
    ("plot spectrum Za on test y=linear", "plot spectrum Za on test y=linear"), ("plot embedding Za Zb", "plot embedding Za, Zb"),
    ("plot histogram -norm(za) bins=20", "plot histogram -norm(za) bins=20"), ("plot matrix [[1, 2]]", "plot matrix [[1, 2]]"),
    ("plot matrix cov(Za) to \"m.png\"", "plot matrix cov(Za) to \"m.png\""), ("plot matrix not x", "plot matrix not x"),
    ("plot spectrum of 41", "plot (spectrum) of 41"), ("plot spectrum - mo against t in T", "plot spectrum - mo against t in T"),
    ("plot spectrum, mo", "plot spectrum, mo"), ("plot spectrum y=log", "plot (spectrum) y=log"), ("plot matrix[1]", "plot matrix[1]"),
    ("watch plot mo mr y=log", "watch plot mo, mr y=log"), ("watch off", "watch off"),
    ("watch std < 0.001 stop \"collapse\"", "watch std < 0.001 stop \"collapse\""),
    ("watch mo > 0.9 and mr < 0.1 stop", "watch mo > 0.9 and mr < 0.1 stop"),
    ("watch off > 1 stop", "watch off > 1 stop")
  ])
  func record(typed: String, canonical: String) throws { try check(typed, canonical) }

  private func check(_ typed: String, _ canonical: String) throws {
    let read = try statements(typed)
    #expect(read.map(\.source) == [canonical])
    #expect(try statements(canonical).map(\.source) == [canonical])
  }

  @Test func separators() throws {
    let read = try statements("\n# a\nprint 1;; print 2 # b\n\n#> 1.0\nfor x in L { print x; print y }; print 3\n;")
    #expect(read.map(\.keyword.name) == ["print", "print", "for", "print"])
    #expect(try statements("").isEmpty)
    #expect(try statements("\u{FEFF}print\u{A0}1\r\nprint 2\r\n").count == 2)
  }

  /// The notebook of the language's page, Table 2 of the paper, printed and read back.
  @Test func aWholeNotebook() throws {
    let read = try statements(
      """
      include "settings.siam"
      let Lh = -normalize(h(sg(za))) . sg(Zb)              # Alg. 4: L_pred
      for s in 1..3 {
        seed s
        loss -Pa . sg(Zb);                 train fresh as "SimSiam"
        loss Lh - Pa . sg(Pb);             train fresh 3*epochs as "Alg. 4"
        loss alternating Lh, -normalize(freeze(h)(za)) . sg(Pb)
      }
      table verdict, mr, std, top1, "paper" = [66.62, 1, 1, 1, 1, 1]
      expect run("SimSiam").verdict == "no"
      for n in ["Naive", "Mirror"] {
        expect run(n).verdict in ["full", "diverged"]
      }
      #> 1.0000
      """)
    let printed = read.map(\.source)
    #expect(printed.count == 6)
    #expect(printed[2].split(separator: "\n").count == 8)
    #expect(try statements(printed.joined(separator: "\n")).map(\.source) == printed)
  }

  /// Every piece knows its place: what is underlined is what was typed.
  @Test func spans() throws {
    let read = try statements("print 1\nloss -Za . sg(Zb + oe)'[1]  # c\nval x = (a + b) * run(\"a\").top1 on 20 batches")
    #expect(read.map(\.span.text) == ["print 1", "loss -Za . sg(Zb + oe)'[1]", "val x = (a + b) * run(\"a\").top1 on 20 batches"])
    guard case .loss(_, let formulas) = read[1].kind, case .valBinding(let name, let value, let sample) = read[2].kind else {
      Issue.record("not the statements typed")
      return
    }
    var texts: [String] = []
    formulas[0].walk { texts.append($0.span.text) }
    #expect(
      texts == [
        "-Za . sg(Zb + oe)'[1]", "-Za", "Za", "sg(Zb + oe)'[1]", "sg(Zb + oe)'", "sg(Zb + oe)", "sg", "Zb + oe", "Zb", "oe", "1"
      ])
    texts = []
    value.walk { texts.append($0.span.text) }
    #expect(texts == ["(a + b) * run(\"a\").top1", "(a + b)", "a", "b", "run(\"a\").top1", "run(\"a\")", "run", "\"a\""])
    #expect(name.span.text == "x")
    #expect(sample?.span.text == "on 20 batches")
    #expect(read[1].keyword.span.text == "loss")
    if case .binary(_, _, _, let sign) = formulas[0].kind { #expect(sign.text == ".") }
  }

  /// Every keyword begins a statement of its own, and no text with it alone traps.
  @Test(arguments: StatementKeyword.allCases)
  func keywords(keyword: StatementKeyword) {
    if let answer = mistake(keyword.rawValue) {
      #expect(answer.hasPrefix("t:1:"))
      #expect(!answer.contains("is not a statement"))
    }
  }
}
