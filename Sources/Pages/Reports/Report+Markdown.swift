import Commands
import RunHistory
import SourceText
import Tables

extension Report {
  /// The whole report in GitHub's Markdown: one file, in which plots are drawn in characters.
  public var markdown: String {
    var blocks: [String] = []
    var body = markdownBody
    if let title = body.title { blocks.append(title) } else { blocks.append("# " + MarkdownText.escaped(fileName)) }
    if let ending { blocks.append("**\(MarkdownText.escaped(ending))**") }
    blocks += diagnostics.map(Self.markdown)
    body.blocks.append(contentsOf: markdownRuns + markdownSettings)
    blocks += body.blocks
    blocks += ["## How this was made", circumstances.table.pageMarkdown, "### Versions", versions.table.pageMarkdown]
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// A heading that the prose begins with, and everything behind it. Statements without prose or an answer between them are one block.
  private var markdownBody: (title: String?, blocks: [String]) {
    var title: String?
    var blocks: [String] = []
    var code: [String] = []
    func endCode() {
      if !code.isEmpty { blocks.append(MarkdownText.fenced(code.joined(separator: "\n"), language: "siam")) }
      code = []
    }
    for (place, part) in parts.enumerated() {
      switch part {
      case .prose(let text):
        var document = MarkdownDocument(text)
        if place == 0, case .heading(1, _)? = document.blocks.first { title = document.blocks.removeFirst().text }
        guard !document.blocks.isEmpty else { continue }
        endCode()
        blocks.append(document.text)
      case .cell(let cell):
        code.append(file.text(in: cell.range))
        let said = markdown(cell)
        guard !said.isEmpty else { continue }
        endCode()
        blocks += said
      }
    }
    endCode()
    return (title, blocks)
  }

  /// Echoes that follow one another are one block.
  private func markdown(_ cell: Cell) -> [String] {
    var blocks: [String] = []
    var notes: [String] = []
    func endNotes() {
      if !notes.isEmpty { blocks.append(MarkdownText.fenced(notes.joined(separator: "\n"), language: "text")) }
      notes = []
    }
    for said in cell.said {
      switch said {
      case .note(let text): notes.append(text)
      case .answer(let answer):
        endNotes()
        blocks.append(answer.markdown)
      case .diagnostic(let diagnostic):
        endNotes()
        blocks.append(Self.markdown(diagnostic))
      }
    }
    endNotes()
    let links = runs.filter { cell.runs.contains($0.run) }.map { "[\(MarkdownText.escaped($0.summary))](#run-\($0.run))" }
    return blocks + (links.isEmpty ? [] : [links.joined(separator: "\\\n")])
  }

  private static func markdown(_ diagnostic: Diagnostic) -> String {
    MarkdownText.fenced(DiagnosticRenderer().render(diagnostic), language: "text")
  }

  /// A link leads to the mark before the folded report.
  private var markdownRuns: [String] {
    guard !runs.isEmpty else { return [] }
    let details = runs.map { run in
      [
        "<a id=\"run-\(run.run)\"></a>", "<details><summary>\(HTML(run.summary).markup)</summary>", run.sections.markdown, "</details>"
      ].joined(separator: "\n\n")
    }
    return ["## Runs", runTable.pageMarkdown] + details
  }

  private var markdownSettings: [String] {
    guard !runs.isEmpty else { return [] }
    let (common, differing) = settings
    return ["## Settings"] + [differing, common.rows.isEmpty ? nil : common].compactMap { $0?.pageMarkdown }
  }
}
