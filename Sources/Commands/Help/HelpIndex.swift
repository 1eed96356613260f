import Experiments
import SourceText
import Syntax

/// Everything that help knows, made from what statements, functions and names declare.
package enum HelpIndex {
  /// What `help NAME` takes, apart from names of the user's.
  package static var names: [String] {
    let all =
      lists.map(\.name) + HelpTopic.all.flatMap { [$0.name] + $0.others.filter { !$0.contains(" ") } }
      + StatementTable.commands.map { $0.declaration.keyword }
      + FormulaFunction.names + BuiltInName.names + MetricName.allCases.map(\.rawValue) + RecordedFact.allCases.map(\.rawValue)
    // `!` begins no word that could be completed.
    return all.filter { $0 != "!" }
  }

  package static let overview = HelpPage([
    .paragraph("Siam: type a loss as the paper prints it, train, and see why it collapses or not."),
    .terms([
      .init("data shapes", "choose images (shapes needs no file)"), .init("loss -Pa . sg(Zb)", "SimSiam's loss; `loss -Za . Zb` collapses"),
      .init("train as \"simsiam\"", "train and record the run"), .init("decompose grad", "what the gradient does to center and residual"),
      .init("history", "every run so far")
    ]),
    .paragraph("`help statements`, `help functions`, `help names`, `help metrics` and `help topics` list; `help loss` explains one."),
    .paragraph("Ctrl-C stops a training, Ctrl-D leaves.")
  ])

  /// What the word stands for in each of its meanings: `std` is a metric and a function.
  package static func page(on topic: String) -> HelpPage? {
    if let list = lists.first(where: { $0.name == topic }) { return HelpPage([.terms(list.terms)]) }
    var pages = [HelpTopic.named(topic)?.page, command(topic).map { page(on: $0.declaration) }]
    pages.append(FormulaFunction.named(topic).map(page))
    pages.append(BuiltInName(topic).map { page(on: $0, topic) })
    pages.append(MetricName(rawValue: topic).map(page))
    pages.append(RecordedFact(rawValue: topic).map(page))
    pages += OperatorDescription.named(topic).map(page)
    return pages.compactMap { $0 }.reduce(nil) { $0?.followed(by: $1) ?? $1 }
  }

  private static func command(_ word: String) -> (any StatementCommand.Type)? {
    StatementTable.command(named: StatementKeyword.otherWords[word]?.rawValue ?? word)
  }

  /// `help statements` and its like.
  static let lists: [(name: String, terms: [HelpPage.Term])] = [
    ("statements", StatementTable.commands.map { .init($0.declaration.keyword, $0.declaration.summary) }),
    ("functions", FormulaFunction.all.map { .init($0.signature, $0.summary) }),
    ("names", BuiltInName.names.map { .init($0, BuiltInName.summary(of: $0) ?? "") }),
    (
      "metrics",
      MetricName.allCases.map { .init($0.rawValue, $0.summary) } + RecordedFact.allCases.map { .init($0.rawValue, $0.summary) }
    ),
    ("topics", HelpTopic.all.map { .init($0.name, $0.summary) })
  ]

  // MARK: - One page each

  static func page(on declaration: StatementDeclaration) -> HelpPage {
    var blocks: [HelpPage.Block] = [.signature(declaration.signature.components(separatedBy: " · ")), .paragraph(declaration.summary)]
    if !declaration.answers.isEmpty { blocks.append(.terms(declaration.answers.map { .init($0.text, $0.meaning) })) }
    if !declaration.options.isEmpty { blocks.append(.terms(declaration.options.map { .init($0.name + "=", $0.explanation) })) }
    if !declaration.examples.isEmpty { blocks.append(.examples(declaration.examples.map { .init($0) })) }
    return HelpPage(blocks + place(declaration.paper))
  }

  static func page(on function: FormulaFunction) -> HelpPage {
    HelpPage(
      [.signature([function.signature]), .paragraph(function.summary), .examples([.init(function.example, prints: function.prints)])]
        + place(function.paper))
  }

  static func page(on name: BuiltInName, _ text: String) -> HelpPage {
    HelpPage(
      [.signature([text]), .paragraph(BuiltInName.summary(of: text) ?? ""), .examples([.init(name.example)])] + place(name.paper))
  }

  static func page(on metric: MetricName) -> HelpPage {
    HelpPage([.signature([metric.rawValue]), .paragraph(metric.summary), .examples([.init(metric.example)])] + place(metric.paper))
  }

  static func page(on fact: RecordedFact) -> HelpPage {
    HelpPage([.signature([fact.rawValue]), .paragraph(fact.summary), .examples([.init(fact.example)])] + place(fact.paper))
  }

  static func page(on operation: OperatorDescription) -> HelpPage {
    HelpPage(
      [
        .signature([operation.signs.joined(separator: "  ")]), .paragraph(operation.summary),
        .examples([.init(operation.example, prints: operation.prints)])
      ] + place(operation.paper))
  }

  private static func place(_ paper: String?) -> [HelpPage.Block] { paper.map { [.place($0)] } ?? [] }
}

extension StatementDeclaration.Option {
  /// `share of the image's area that is kept; 0.2..1 unless given`
  var explanation: String {
    var text = summary
    if !values.isEmpty { text += " (\(values.joined(separator: ", ")))" }
    return standard.isEmpty ? text : "\(text); \(standard) unless given"
  }
}
