import Experiments
import SourceText
import Syntax

/// `help`, `help loss`, `help infonce`, `help functions`, `help Ge`, `help --markdown`
enum HelpStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "help", signature: "help [TOPIC] · help --markdown",
    summary:
      "what a statement, function, operator, name or topic is; of a name of yours its definition and shape; `--markdown` writes the whole reference",
    examples: ["help loss", "help functions", "help where"], arguments: [[.topics]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    guard let first = arguments.rest.first else { return session.show(HelpIndex.overview) }
    if first.span.text == "--markdown" {
      _ = arguments.next()
      try arguments.end()
      return session.output.result(String(LanguageReference.markdown.dropLast()))
    }
    let (topic, site) = try arguments.text("topic")
    try arguments.end()
    let own = session.ownPage(on: topic, at: site)
    // A topic that merely can be found by the name says nothing of what the user has called so.
    let isOfOthers = own != nil && HelpTopic.named(topic).map { $0.name != topic } ?? false
    let general = isOfOthers ? nil : HelpIndex.page(on: topic)
    guard let page = own.map({ general?.followed(by: $0) ?? $0 }) ?? general else {
      let names = session.experiment.definitions.names + session.record.metricNames
      let hint = NearestNames.question(for: topic, among: HelpIndex.names + names) ?? "`help` lists what there is"
      throw .wrong(Diagnostic("there is no help on `\(topic.shortened)`", at: site, hint: hint))
    }
    session.show(page)
  }
}

extension Session {
  fileprivate func show(_ page: HelpPage) {
    output.answer(options.format == .markdown ? .text(page.markdown) : .help(page))
  }

  /// What a name is that this session has given a meaning: its definition and shape. Of a name that Siam gives, its shape here.
  fileprivate func ownPage(on name: String, at site: SourceSpan) -> HelpPage? {
    if let track = experiment.definitions.tracks.first(where: { $0.name == name }) {
      return HelpPage([
        .signature(["track \(name) = \(track.expression.source) every \(track.cadence.rawValue)"]), .paragraph("a metric of this session's own")
      ])
    }
    let isOwn = experiment.definitions.names.contains(name) || experiment.moduleNames.contains(name)
    if isOwn, let text = try? experiment.description(of: name, at: site) {
      let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
      var blocks = [HelpPage.Block.signature([String(lines[0])])] + lines.dropFirst().map { .paragraph(String($0)) }
      // A definition that was read says its shape by itself.
      if lines.count == 1, let shape = experiment.shapeText(ofName: name, at: site) { blocks.append(.paragraph("\(name) : \(shape)")) }
      return HelpPage(blocks)
    }
    if BuiltInName(name) != nil, experiment.dataset != nil, let shape = experiment.shapeText(ofName: name, at: site) {
      return HelpPage([.paragraph("here: \(shape)")])
    }
    if experiment.dataset == nil || BuiltInName(name) != nil || MetricName(rawValue: name) != nil { return nil }
    return record.metricNames.contains(name) && HelpIndex.page(on: name) == nil
      ? HelpPage([.signature([name]), .paragraph("a metric that runs of this session have recorded")]) : nil
  }
}
