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
    signature: "history [N] [where PREDICATE] [columns NAME, …] [sort NAME [desc]] [limit N] [format F] [> \"FILE\"]",
    summary: "past runs: the newest 20, those that a predicate selects, or everything about one",
    examples: ["history", "history where collapsed and loss contains sg(Zb) sort top1 desc limit 10"],
    arguments: [[.words(["where", "columns", "sort", "limit", "format"])]],
    clauses: [
      .init("where", [.metrics, .settings]), .init("and", [.metrics, .settings]), .init("or", [.metrics, .settings]),
      .init("sort", [.metrics, .settings], [.words(["asc", "desc"])]), .init("columns", [.metrics, .settings]),
      .init("format", [.words(TableFormat.allCases.map(\.rawValue))]), .init(">", [.paths])
    ])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .history(let query) = statement.kind else { return }
    let format = query.format.flatMap { TableFormat(rawValue: $0.rawValue) } ?? session.options.format
    let history = try session.history(at: statement.span)
    let text: String
    if let run = query.run {
      guard let id = Int64(exactly: try session.number(run)) else {
        throw .wrong(Diagnostic("`\(run.span.text.clipped)` is no run number", at: run.span))
      }
      text = try StatementFailure.wrap { () throws(Diagnostic) in try history.report(run: id, at: run.span) }.rendered(as: format)
    } else {
      text = try StatementFailure.wrap { () throws(Diagnostic) in try history.list(query) }.rendered(as: format)
    }
    guard let file = query.file else { return session.output.result(text) }
    try session.write(text + "\n", to: session.path(file.name, besides: statement.span.file), at: file.span)
  }
}

extension RunReport {
  /// The sections one under the other, each with its title.
  func rendered(as format: TableFormat) -> String {
    sections.map { section in
      let body =
        switch section.content {
        case .pairs(let table): format == .table ? table.alignedPairs : table.rendered(as: format)
        case .table(let table): table.rendered(as: format)
        case .lines(let lines): lines.joined(separator: "\n")
        }
      return format == .json
        ? body : "\(section.title)\n" + body.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
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

/// `sql SELECT …`
enum SQLStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "sql", signature: "sql SELECT …", summary: "ask the history in SQL; it can only read",
    examples: ["sql SELECT name, max_value FROM metric_summary WHERE metric = 'top1'"])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .sql(let text, let site) = statement.kind else { return }
    let history = try session.history(at: statement.span)
    let table: ResultTable
    do throws(Diagnostic) {
      table = try history.sql(text, at: site, shouldStop: { Session.interruption.isRequested })
    } catch {
      throw Session.interruption.isRequested ? .interrupted : .wrong(error)
    }
    session.output.result(table.rendered(as: session.options.format))
  }
}

/// `note 41 "text"`
enum NoteStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "note", signature: "note [RUN] \"TEXT\"", summary: "write a note on a run, the latest one by default", examples: [])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let id = try session.runNumber(&arguments)
    let text = try arguments.text("note").0
    try arguments.end()
    let history = try session.history(at: statement.span)
    try session.recording(at: statement.span) { () throws(HistoryError) in try history.note(id, text) }
  }
}

/// `tag 41 table3`
enum TagStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "tag", signature: "tag [RUN] TAG", summary: "tag a run, the latest one by default", examples: [])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let id = try session.runNumber(&arguments)
    let text = try arguments.text("tag").0
    try arguments.end()
    let history = try session.history(at: statement.span)
    try session.recording(at: statement.span) { () throws(HistoryError) in try history.tag(id, text) }
  }
}

/// `forget 41`
enum ForgetStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "forget", signature: "forget RUN", summary: "hide a run; `restore` brings it back", examples: [])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let id = try arguments.integer("run number", in: 1...(1 << 53))
    try arguments.end()
    let history = try session.history(at: statement.span)
    try session.recording(at: statement.span) { () throws(HistoryError) in try history.forget(Int64(id)) }
  }
}

/// `restore 41`
enum RestoreStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "restore", signature: "restore RUN", summary: "bring back a forgotten run", examples: [])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let id = try arguments.integer("run number", in: 1...(1 << 53))
    try arguments.end()
    let history = try session.history(at: statement.span)
    try session.recording(at: statement.span) { () throws(HistoryError) in try history.restore(Int64(id)) }
  }
}

extension Session {
  /// The run that a number at the front names, else the session's latest.
  fileprivate func runNumber(_ arguments: inout StatementArguments) throws(StatementFailure) -> Int64 {
    if case .value? = arguments.rest.first?.kind {
      return Int64(try arguments.integer("run number", in: 1...(1 << 53)))
    }
    guard let latest = record.entries.last else {
      throw .wrong(Diagnostic("there is no run in this session yet", at: arguments.site, hint: "name one by its number"))
    }
    return latest.id
  }
}
