import Commands
import RunHistory
import SourceText
import Tables

extension Report {
  /// The whole page: one file that loads nothing and runs nothing.
  public var html: String { ReportPage(self).page }
}

/// Writes a report as a page.
private struct ReportPage {
  private let report: Report
  /// Of pictures, whose names begin with their number.
  private var pictureCount = 0

  init(_ report: Report) { self.report = report }

  var page: String {
    var writer = self
    return writer.write()
  }

  private mutating func write() -> String {
    let head = HTML.element(
      "head", [:],
      [
        .void("meta", ["charset": "utf-8"]),
        .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        // Nothing is loaded, whatever the page may hold.
        .void("meta", ["http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:"]),
        .void("meta", ["name": "color-scheme", "content": "light dark"]), .void("meta", ["name": "referrer", "content": "no-referrer"]),
        .void("meta", ["name": "generator", "content": "Siam \(SiamVersion.text)"]),
        .element("title", [:], HTML(report.title)), .element("style", [:], HTML(written: StyleSheet.text))
      ].joined(separator: "\n"))
    let (first, body) = self.body()
    let main = HTML.element("main", [:], [header(first), problems, body, runs, settings, made].joined(separator: "\n"))
    let page = HTML.element(
      "html", ["lang": "en"], HTML(written: "\n") + head + HTML(written: "\n"), .element("body", [:], main), HTML(written: "\n"))
    return "<!DOCTYPE html>\n" + page.markup + "\n"
  }

  // MARK: The head of the page

  /// - Parameter title: a heading that the prose begins with.
  private func header(_ title: HTML?) -> HTML {
    var links: [HTML] = []
    if !report.runs.isEmpty {
      links.append(.element("a", ["href": "#runs"], HTML(report.runs.count == 1 ? "1 run" : "\(report.runs.count) runs")))
      links.append(.element("a", ["href": "#settings"], HTML("settings")))
    }
    links.append(.element("a", ["href": "#made"], HTML("how this was made")))
    return .element(
      "header", [:], .element("p", ["class": "file"], HTML(report.fileName)), title ?? .element("h1", [:], HTML(report.title)),
      .element("nav", [:], links.joined(separator: " · ")))
  }

  private var problems: HTML {
    let ending = report.ending.map { HTML.element("p", ["class": "ending"], HTML($0)) } ?? .empty
    return ending + report.diagnostics.map(Self.diagnostic).joined(separator: "\n")
  }

  // MARK: The notebook

  /// What the prose begins with, if it is a title, and everything behind it. Cells without prose between them stand in one frame.
  private mutating func body() -> (title: HTML?, body: HTML) {
    var title: HTML?
    var parts: [HTML] = []
    var cells: [HTML] = []
    func endCells() {
      if !cells.isEmpty { parts.append(.element("section", ["class": "cells"], cells.joined(separator: "\n"))) }
      cells = []
    }
    for (place, part) in report.parts.enumerated() {
      switch part {
      case .prose(let text):
        var document = MarkdownDocument(text)
        if place == 0, case .heading(1, _)? = document.blocks.first { title = document.takeFirst().html }
        guard !document.blocks.isEmpty else { continue }
        endCells()
        parts.append(document.html)
      case .cell(let cell): cells.append(html(cell))
      }
    }
    endCells()
    return (title, parts.joined(separator: "\n"))
  }

  private mutating func html(_ cell: Report.Cell) -> HTML {
    var content = CodeHTML.numbered(report.file, cell.range)
    var notes: [String] = []
    func endNotes() {
      if !notes.isEmpty { content += .preformatted(notes.joined(separator: "\n"), class: "note") }
      notes = []
    }
    for said in cell.said {
      if case .note(let text) = said {
        notes.append(text)
        continue
      }
      endNotes()
      switch said {
      case .answer(let answer):
        pictureCount += 1
        content += .element("div", ["class": "answer"], AnswerHTML.html(answer, idPrefix: "picture-\(pictureCount)-"))
      case .diagnostic(let diagnostic): content += Self.diagnostic(diagnostic)
      case .note: break
      }
    }
    endNotes()
    let links = report.runs.filter { cell.runs.contains($0.run) }.map { run in HTML.element("a", ["href": "#run-\(run.run)"], HTML(run.summary)) }
    if !links.isEmpty { content += .element("p", ["class": "runs"], links.joined(separator: HTML.void("br").markup)) }
    return content
  }

  private static func diagnostic(_ diagnostic: Diagnostic) -> HTML {
    let text = DiagnosticRenderer().render(diagnostic)
    switch diagnostic.level {
    case .error: return .preformatted(text, class: "error")
    case .warning: return .preformatted(text, class: "warning")
    case .note: return .preformatted(text, class: "note")
    }
  }

  // MARK: What stands behind it

  private var runs: HTML {
    guard !report.runs.isEmpty else { return .empty }
    let table = report.runTable.html { column, cell in
      switch (column, cell) {
      case ("run", .integer(let number)): .element("a", ["href": "#run-\(number)"], HTML(String(number)))
      case ("line", .integer(let line)): .element("a", ["href": "#line-\(line)"], HTML(String(line)))
      default: nil
      }
    }
    let details = report.runs.map { run in
      // A link to what is inside opens it.
      HTML.element(
        "details", [:], .element("summary", [:], HTML(run.summary)),
        .element("div", ["id": "run-\(run.run)", "class": "report"], backLink(run), run.sections.html))
    }
    return .element("section", ["id": "runs"], .element("h2", [:], HTML("Runs")), table, details.joined(separator: "\n"))
  }

  private func backLink(_ run: RunReport) -> HTML {
    guard let line = report.line(ofRun: run.run) else { return .empty }
    return .element("p", ["class": "back"], .element("a", ["href": "#line-\(line)"], HTML("line \(line)")))
  }

  private var settings: HTML {
    guard !report.runs.isEmpty else { return .empty }
    let (common, differing) = report.settings
    var content = HTML.element("h2", [:], HTML("Settings"))
    if let differing { content += differing.html }
    if !common.rows.isEmpty {
      let count = report.runs.count
      content += .element(
        "details", [:],
        .element(
          "summary", [:], HTML(count == 1 ? "settings of the run" : differing == nil ? "settings of all runs" : "settings that all runs share")),
        common.htmlPairs)
    }
    return .element("section", ["id": "settings"], content)
  }

  private var made: HTML {
    .element(
      "section", ["id": "made"], .element("h2", [:], HTML("How this was made")), report.circumstances.table.htmlPairs,
      .element("h3", [:], HTML("Versions")), report.versions.table.htmlPairs)
  }
}

extension MarkdownDocument {
  fileprivate mutating func takeFirst() -> MarkdownBlock { blocks.removeFirst() }
}
