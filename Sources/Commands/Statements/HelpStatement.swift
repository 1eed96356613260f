import Experiments
import SourceText
import Syntax

/// `help`, `help loss`, `help infonce`, `help functions`
enum HelpStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "help", signature: "help [TOPIC]", summary: "what a statement, function or name does", examples: ["help loss", "help functions"],
    arguments: [[.topics]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    guard !arguments.rest.isEmpty else { return session.output.result(HelpTopics.overview) }
    let (topic, site) = try arguments.text("topic")
    try arguments.end()
    if let text = HelpTopics.text(on: topic) { return session.output.result(text) }
    do throws(Diagnostic) {
      session.output.result(try session.experiment.description(of: topic, at: site))
    } catch {
      let hint = NearestNames.question(for: topic, among: HelpTopics.names) ?? "`help` lists what there is"
      throw .wrong(Diagnostic("there is no help on `\(topic)`", at: site, hint: hint))
    }
  }
}

/// What help says, made from what statements, functions and names declare.
enum HelpTopics {
  static var names: [String] {
    ["statements", "functions", "names", "metrics"] + StatementTable.commands.map { $0.declaration.keyword } + FormulaFunction.names
      + BuiltInName.names
  }

  static var overview: String {
    """
    Siam: type a loss as the paper prints it, train, and see why it collapses or not.

      data shapes                   choose images (shapes needs no file)
      loss -Pa . sg(Zb)             SimSiam's loss; `loss -Za . Zb` collapses
      train as "simsiam"            train and record the run
      decompose grad                what the gradient does to center and residual
      history                       every run so far

    `help statements`, `help functions`, `help names`, `help metrics` list; `help loss` explains one. Ctrl-C stops a training, Ctrl-D leaves.
    """
  }

  static func text(on topic: String) -> String? {
    switch topic {
    case "statements": return listed(StatementTable.commands.map { ($0.declaration.keyword, $0.declaration.summary) })
    case "functions": return listed(FormulaFunction.all.map { ($0.signature, $0.summary) })
    case "names": return listed(BuiltInName.names.map { ($0, BuiltInName.summary(of: $0) ?? "") })
    case "metrics": return listed(MetricName.allCases.map { ($0.rawValue, $0.summary) })
    default: return explained(topic)
    }
  }

  private static func explained(_ topic: String) -> String? {
    var parts: [String] = []
    if let declaration = StatementTable.command(named: topic)?.declaration { parts.append(text(declaration)) }
    if let function = FormulaFunction.named(topic) { parts.append(text(function)) }
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  private static func text(_ declaration: StatementDeclaration) -> String {
    var lines = [declaration.signature, "  \(declaration.summary)"]
    let width = declaration.options.map(\.name.count).max() ?? 0
    for option in declaration.options where !option.summary.isEmpty {
      lines.append("    \(option.name)\(String(repeating: " ", count: width - option.name.count + 2))\(option.summary)")
    }
    lines += declaration.examples.map { "  example: \($0)" }
    return lines.joined(separator: "\n")
  }

  private static func text(_ function: FormulaFunction) -> String {
    let place = function.paper.map { "   (\($0))" } ?? ""
    return "\(function.signature)\(place)\n  \(function.summary)\n  example: \(function.example)\n           \(function.prints)"
  }

  private static func listed(_ entries: [(String, String)]) -> String {
    let width = entries.map(\.0.count).max() ?? 0
    return entries.map { "  \($0.0)\(String(repeating: " ", count: width - $0.0.count + 2))\($0.1)" }.joined(separator: "\n")
  }
}
