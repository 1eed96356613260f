extension HelpPage {
  /// As a part of a document, under a heading of its own.
  public var markdown: String { blocks.map(\.markdown).joined(separator: "\n\n") }
}

extension HelpPage.Block {
  fileprivate var markdown: String {
    switch self {
    case .signature(let forms): forms.map { "    \($0)" }.joined(separator: "\n")
    case .paragraph(let text): text.first.map { $0.uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".") } ?? ""
    case .heading(let text): "**\(text)**"
    case .terms(let terms):
      "| | |\n| --- | --- |\n" + terms.map { "| \($0.name.asCode) | \($0.text.inTable) |" }.joined(separator: "\n")
    case .examples(let examples): "```\n" + examples.map(\.lines).joined(separator: "\n") + "\n```"
    case .place(let place): "In the paper: \(place)."
    }
  }
}

extension HelpPage.Example {
  /// The output is a comment, as in a notebook.
  fileprivate var lines: String { input + (output.map { "\n#> \($0)" } ?? "") }
}

extension String {
  /// A cell of a table ends at a bar, even inside code.
  fileprivate var inTable: String { replacing("|", with: "\\|") }
  fileprivate var asCode: String { "`\(inTable)`" }
}
