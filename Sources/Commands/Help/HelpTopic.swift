import RunHistory
import Syntax

/// A subject that is no statement, function or name by itself.
package struct HelpTopic: Sendable {
  package let name: String
  /// What else may be typed for it.
  let others: [String]
  /// One sentence, no full stop.
  package let summary: String
  /// Where the paper has it.
  package let paper: String?
  let parts: [HelpPage.Block]
  /// Statements that can be run as they are.
  package let examples: [String]

  init(
    _ name: String, or others: [String] = [], _ summary: String, paper: String? = nil, _ parts: [HelpPage.Block], examples: [String] = []
  ) {
    self.name = name
    self.others = others
    self.summary = summary
    self.paper = paper
    self.parts = parts
    self.examples = examples
  }

  var page: HelpPage {
    let examples = examples.isEmpty ? [] : [HelpPage.Block.examples(examples.map { HelpPage.Example($0) })]
    return HelpPage([.signature([name]), .paragraph(summary)] + parts + examples + (paper.map { [.place($0)] } ?? []))
  }

  /// In the order of the reference.
  package static let all = [
    methods, collapse, decomposition, formulas, shapes, precedence, symmetrisation, samples, runs, queries, sweeps, notebooks, keys
  ]

  package static func named(_ name: String) -> HelpTopic? { all.first { $0.name == name || $0.others.contains(name) } }
}

extension HelpTopic {
  private static let formulas = HelpTopic(
    "formulas", or: ["formula", "expressions"],
    "a formula is typed the way the paper prints it: names for what the networks give, operators, and functions",
    [
      .terms([
        .init("let NAME = E", "a formula: re-read wherever its name is used; it may leave a name free, for `for` or `against` to bind"),
        .init("val NAME = E", "a value: computed now, once"),
        .init("3   0.5   1e-5", "numbers; a point has digits on both sides"), .init("\"text\"", "text; `{x}` in it is the value of x, `{{` a brace"),
        .init("[1, 2]   [[1, 2], [3, 4]]", "a vector, a matrix"), .init("X[1]   X[2..5, :]", "entries and parts, counted from 1, both ends included"),
        .init("[E for x in LIST]", "one E for each item; `sum(E for i in 1..3)` adds them"), .init("run(\"a\").top1", "what a past run recorded"),
        .init("mo of \"a\"", "the series of a metric, inside `first last min max mean`"),
        .init("τ", "a Greek letter and its Latin spelling, tau, are one name; \\tau and Tab type it")
      ]),
      .paragraph("`help names` lists what is defined, `help functions` what can be called, `help precedence` the operators.")
    ],
    examples: ["let Ge = -Zn", "print neggrad(-Za . sg(Zb), Za)"])

  private static let shapes = HelpTopic(
    "shapes", or: ["shape", "axes", "broadcasting"], "axes have names, so that a batch × dim and a batch × feature never meet unnoticed",
    [
      .terms([
        .init("batch × dim", "za zb, Za Zb, pa pb, Pa Pb, ra rb, Zn: a row an image"), .init("batch × feature", "fa fb: what the backbone gives"),
        .init("a vector of dim", "oz, op, oe, center(X): goes with every row of a batch × dim"),
        .init("a vector of batch", "norm(X), dot(X, Y): scales or adds row by row"), .init("dim × dim", "cov(X), corr(X, Y)"),
        .init("batch × batch", "gram(X), X @ Y'"), .init("a number", "goes with everything")
      ]),
      .paragraph("Nothing else is stretched. `show X` and `help X` say the shape of X; literals have no names, and fit by their extents.")
    ],
    examples: ["show Za", "print shape(Za @ Zb')"])

  private static let precedence = HelpTopic(
    "precedence", or: ["operators"], "which operator binds first; those of one line bind alike, from the left, the loosest line first",
    [.terms(OperatorDescription.all.map { HelpPage.Term($0.signs.joined(separator: " "), $0.summary) })],
    examples: ["print -Za . sg(Zb) / 2", "print 2 ^ 3 ^ 2"])

  private static let symmetrisation = HelpTopic(
    "symmetrisation", or: ["symmetrise", "views a and b"],
    "`loss E` trains E/2 + swap(E)/2: swap exchanges the letters a and b in every name, through definitions",
    [
      .paragraph(
        "What oz, op and Q stand for stays as it is, and so do values and modules; Zn keeps its permutation. A loss written with Z[i] is one-sided, as view numbers do not swap."
      ),
      .paragraph("`loss` inside a formula is the symmetrised one: neggrad(loss, Za) of -Za . sg(Zb) is Zb/2.")
    ],
    examples: ["loss -Pa . sg(Zb)", "loss onesided -Pa . sg(Zb)"])

  private static let samples = HelpTopic(
    "on", or: ["samples"], "on which images a formula is computed",
    [
      .terms([
        .init("(nothing)", "the next training batch, which is not used up"), .init("on train", "the whole training set, with evaluation statistics"),
        .init("on test", "the test set, with evaluation statistics"),
        .init("on N batches", "N training batches with training statistics: mean and deviation")
      ])
    ],
    examples: ["print std on test", "print mr on 4 batches"])
}
