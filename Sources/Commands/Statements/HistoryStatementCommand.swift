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
    signature:
      "history [N|\"NAME\"|forgotten] [where PREDICATE] [columns NAME, …] [sort NAME [desc]] [limit N] [format F] [> \"FILE\"] | save \"FILE\"",
    summary:
      "past runs: the newest 20, those that a predicate selects, those of a name, or everything about one; into a file in the format that its name ends in; `save` writes all to another history",
    examples: ["history", "history where collapsed and loss contains sg(Zb) sort top1 desc limit 10", "history 1"],
    arguments: [[.runs, .words(["forgotten"])], []],
    clauses: [
      .init("where", [.columns]), .init("sort", [.columns], [.words(["asc", "desc"])]), .init("columns", [.columns]), .init("limit", []),
      .init("format", [.words(TableFormat.allCases.map(\.rawValue))]), .init(">", [.paths]), .init("save", [.paths])
    ])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .history(let query) = statement.kind else { return }
    let format =
      query.format.flatMap { TableFormat(rawValue: $0.rawValue) } ?? query.file.flatMap { TableFormat(fileName: $0.name) } ?? session.options.format
    let history = try session.history(at: statement.span)
    if let copy = query.copy {
      let path = try session.writablePath(copy.name, at: copy.span, besides: statement.span.file)
      let isWhole: Bool
      do throws(HistoryError) {
        isWhole = try history.save(to: path)
      } catch {
        if case .exists = error { throw .wrong(error.diagnostic(at: copy.span)) }
        throw .failed(error.diagnostic(at: copy.span))
      }
      if !isWhole {
        session.warn([Diagnostic(.warning, "the history is damaged: `\(copy.name)` holds what could be read of it", at: copy.span)])
      }
      let count = try session.recording(at: copy.span) { () throws(HistoryError) in try history.runCount() }
      return session.note("\(copy.name): \(count.counted("run"))")
    }
    let answer: Answer
    if let run = query.run, case .string(let text) = run.kind {
      answer = try runs(called: try session.interpolated(text, at: run.span), at: run.span, query, format, in: session, history)
    } else if let run = query.run {
      guard let id = Int64(exactly: try session.number(run)) else {
        throw .wrong(Diagnostic("`\(run.span.text.shortened)` is no run number", at: run.span))
      }
      answer = .sections(try StatementFailure.wrap { () throws(Diagnostic) in try history.report(run: id, at: run.span) }.sections, format)
    } else {
      answer = .table(try StatementFailure.wrap { () throws(Diagnostic) in try history.list(query) }, format)
    }
    guard let file = query.file else { return session.output.answer(answer) }
    let path = try session.writablePath(file.name, at: file.span, besides: statement.span.file)
    try session.write(answer.text() + "\n", to: path, at: file.span)
  }
}

extension HistoryStatementCommand {
  /// Of one run of that name everything; of several a line each.
  private static func runs(
    called name: String, at site: SourceSpan, _ query: HistoryStatement, _ format: TableFormat, in session: Session, _ history: RunHistory
  ) throws(StatementFailure) -> Answer {
    let numbers = try session.runNumbers(named: name, at: site)
    if numbers.count == 1 {
      return .sections(try StatementFailure.wrap { () throws(Diagnostic) in try history.report(run: numbers[0], at: site) }.sections, format)
    }
    var query = query
    query.run = nil
    let listed = "id in [\(numbers.map(String.init).joined(separator: ", "))]"
    let filter = try StatementFailure.wrap { () throws(Diagnostic) in
      try Parser.expression(of: SourceFile(name: "<history>", text: listed))
    }
    query.filter = query.filter.map { Expression(.binary(.and, filter, $0, operator: filter.span), span: $0.span) } ?? filter
    return .table(try StatementFailure.wrap { () throws(Diagnostic) in try history.list(query) }, format)
  }
}
