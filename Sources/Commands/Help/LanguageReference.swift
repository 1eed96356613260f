import Experiments
import Syntax

/// The reference of the language as one Markdown document: what `help --markdown` prints, and `docs/language.md` holds.
package enum LanguageReference {
  package static var markdown: String {
    let parts = [
      "# The language of Siam",
      "Made by `siam -e 'help --markdown'` from what every statement, function and name declares; `help NAME` says the same at the prompt.",
      contents, "## Statements",
      "One statement a line, or several between `;`. An open bracket or brace, or an operator at the end of a line, goes on in the next. "
        + "`#` begins a comment. Keywords may be shortened at the prompt, not in a script. Options are `key=value`.",
      sections(StatementTable.commands.map { ($0.declaration.keyword, HelpIndex.page(on: $0.declaration)) }),
      "## Topics", sections(HelpTopic.all.map { ($0.name, $0.page) }),
      "## Operators", "Loosest first.", operators,
      "## Functions", functions,
      "## Names", table(["Name", "Is", "In the paper", "For example"], BuiltInName.names.compactMap(nameRow)),
      "## Metrics", table(["Name", "Is", "In the paper", "For example"], metricRows)
    ]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static var contents: String {
    let statements = StatementTable.commands.map { "[`\($0.declaration.keyword)`](#\($0.declaration.keyword))" }.joined(separator: " ")
    let topics = HelpTopic.all.map { "[\($0.name)](#topic-\($0.name))" }.joined(separator: " · ")
    return
      "Statements: \(statements)\n\nTopics: \(topics)\n\nMore: [operators](#operators) · [functions](#functions) · [names](#names) · [metrics](#metrics)"
  }

  /// The heading says the name, and the signature says it again.
  private static func sections(_ pages: [(title: String, page: HelpPage)]) -> String {
    pages.map { title, page in
      let isTopic = page.blocks.first == .signature([title]) && StatementTable.command(named: title) == nil
      let heading = isTopic ? "### Topic: \(title)" : "### \(title)"
      return heading + "\n\n" + (isTopic ? HelpPage(Array(page.blocks.dropFirst())) : page).markdown
    }.joined(separator: "\n\n")
  }

  private static var operators: String {
    table(
      ["Signs", "Meaning", "In the paper", "For example", "Prints"],
      OperatorDescription.all.map {
        [$0.signs.map(code).joined(separator: " "), $0.summary, $0.paper ?? "", code($0.example), code($0.prints)]
      })
  }

  private static var functions: String {
    FormulaFunction.groups.map { title, functions in
      "### \(title)\n\n"
        + table(
          ["Call", "Is", "In the paper", "For example", "Prints"],
          functions.map { [code($0.signature), $0.summary, $0.paper ?? "", code($0.example), code($0.prints)] })
    }.joined(separator: "\n\n")
  }

  private static func nameRow(_ name: String) -> [String]? {
    BuiltInName(name).map { [code(name), BuiltInName.summary(of: name) ?? "", $0.paper ?? "", code($0.example)] }
  }

  private static var metricRows: [[String]] {
    MetricName.allCases.map { [code($0.rawValue), $0.summary, $0.paper ?? "", code($0.example)] }
      + RecordedFact.allCases.map { [code($0.rawValue), $0.summary, $0.paper ?? "", code($0.example)] }
  }

  private static func code(_ text: String) -> String { "`\(text)`" }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows.map { $0.map { $0.replacing("|", with: "\\|") } }
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}
