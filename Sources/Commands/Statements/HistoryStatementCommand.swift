import Experiments
import Foundation
import RunHistory
import SourceText
import Syntax
import Tables

/// `history where top1 > 30 and not collapsed sort top1 desc limit 10`, `history 42`
enum HistoryStatementCommand: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "history",
    signature: "history [N] [where PREDICATE] [columns NAME, …] [sort NAME [desc]] [limit N] [format F] [> \"FILE\"] | save \"FILE\"",
    summary: "past runs: the newest 20, those that a predicate selects, or everything about one; `save` writes them all to another file",
    examples: ["history", "history where collapsed and loss contains sg(Zb) sort top1 desc limit 10"],
    arguments: [[.words(["where", "columns", "sort", "limit", "format", "save"])]],
    clauses: [
      .init("where", [.metrics, .settings]), .init("and", [.metrics, .settings]), .init("or", [.metrics, .settings]),
      .init("sort", [.metrics, .settings], [.words(["asc", "desc"])]), .init("columns", [.metrics, .settings]),
      .init("format", [.words(TableFormat.allCases.map(\.rawValue))]), .init(">", [.paths]), .init("save", [.paths])
    ])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .history(let query) = statement.kind else { return }
    let format = query.format.flatMap { TableFormat(rawValue: $0.rawValue) } ?? session.options.format
    let history = try session.history(at: statement.span)
    if let copy = query.copy {
      let path = try session.writablePath(copy.name, at: copy.span, besides: statement.span.file)
      let isWhole = try session.recording(at: copy.span) { () throws(HistoryError) in try history.save(to: path) }
      if !isWhole {
        session.warn([Diagnostic(.warning, "the history is damaged: `\(copy.name)` holds what could be read of it", at: copy.span)])
      }
      let count = try session.recording(at: copy.span) { () throws(HistoryError) in try history.runCount() }
      return session.note("\(copy.name): \(count) run\(count == 1 ? "" : "s")")
    }
    let text: String
    if let run = query.run {
      guard let id = Int64(exactly: try session.number(run)) else {
        throw .wrong(Diagnostic("`\(run.span.text.shortened)` is no run number", at: run.span))
      }
      text = try StatementFailure.wrap { () throws(Diagnostic) in try history.report(run: id, at: run.span) }.sections.rendered(as: format)
    } else {
      text = try StatementFailure.wrap { () throws(Diagnostic) in try history.list(query) }.rendered(as: format)
    }
    guard let file = query.file else { return session.output.result(text) }
    try session.write(text + "\n", to: session.writablePath(file.name, at: file.span, besides: statement.span.file), at: file.span)
  }
}

extension [RunReport.Section] {
  /// The sections one under the other, each with its title.
  func rendered(as format: TableFormat) -> String {
    if format == .json { return json }
    return text(as: format)
  }

  /// One object: a section that is a list of pairs is an object, a table an array of objects, lines an array of text.
  private var json: String {
    let members = map { section in
      let value =
        switch section.content {
        case .pairs(let table): "{" + table.rows.map { "\(JSONText.string($0[0].text)): \($0[1].json)" }.joined(separator: ", ") + "}"
        case .table(let table): table.rendered(as: .json)
        case .lines(let lines): "[" + lines.map(JSONText.string).joined(separator: ", ") + "]"
        }
      return "\(JSONText.string(section.title)): \(value)"
    }
    return "{" + members.joined(separator: ", ") + "}"
  }

  private func text(as format: TableFormat) -> String {
    map { section in
      let body =
        switch section.content {
        case .pairs(let table): format == .table ? table.alignedPairs : table.rendered(as: format)
        case .table(let table): table.rendered(as: format)
        case .lines(let lines): lines.joined(separator: "\n")
        }
      return "\(section.title)\n" + body.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}

extension ResultTable {
  /// A name and its value on each line.
  fileprivate var alignedPairs: String {
    let names = rows.map { $0[0].text }
    let width = names.map(\.count).max() ?? 0
    return zip(names, rows).map { name, row in name + String(repeating: " ", count: width - name.count + 2) + row[1].text }
      .joined(separator: "\n")
  }
}

extension ResultTable.Cell {
  fileprivate var json: String {
    switch self {
    case .text(let text): JSONText.string(text)
    case .integer(let integer): String(integer)
    case .number(let number): NumberText.json(number)
    case .missing: "null"
    }
  }

  fileprivate var text: String {
    switch self {
    case .text(let text): DisplayText.visible(text)
    case .integer(let integer): String(integer)
    case .number(let number): NumberText.display(number)
    case .missing: ""
    }
  }
}

extension Session {
  /// The record of past runs, opened when first asked for.
  func history(at site: SourceSpan) throws(StatementFailure) -> RunHistory {
    do throws(Diagnostic) {
      return try record.history()
    } catch {
      throw .wrong(error)
    }
  }

  /// Writes a file that the user named, whole or not at all.
  func write(_ text: String, to path: String, at site: SourceSpan) throws(StatementFailure) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .wrong(Diagnostic("`\(path)` cannot be written", at: site, hint: "see that its folder is there and may be written"))
    }
  }

  /// What the record's own errors say is about the file, not the words.
  func recording<Result>(at site: SourceSpan, _ body: () throws(HistoryError) -> Result) throws(StatementFailure) -> Result {
    do {
      return try body()
    } catch {
      throw .wrong(error.diagnostic(at: site))
    }
  }
}
