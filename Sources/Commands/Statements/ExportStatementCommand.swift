import Foundation
import RunHistory
import SourceText
import Syntax
import Tables

/// `export runs to "runs.csv"`, `export series of 41 42 to "series.json"`
enum ExportStatementCommand: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "export", signature: "export runs|series [of RUN … | where PREDICATE] to \"FILE.csv|json\"",
    summary: "runs with their settings and metrics, or every recorded value, as CSV or JSON for other programs",
    examples: ["export runs where top1 > 0 to \"runs.csv\"", "export series of \"a\" to \"series.json\""],
    arguments: [[.words(["runs", "series"])], []],
    clauses: [
      .init("of", [.runs]), .init("where", [.columns]), .init("to", [.paths])
    ])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .export(let export) = statement.kind else { return }
    let file = export.file
    guard let format = RowText.Format(rawValue: NSString(string: file.name).pathExtension.lowercased()) else {
      throw .wrong(Diagnostic("an export is a `.csv` or a `.json` file", at: file.span, hint: "`export \(export.table.rawValue) to \"runs.csv\"`"))
    }
    let path = try session.writablePath(file.name, at: file.span, besides: statement.span.file)
    let history = try session.history(at: statement.span)
    let runs = try runs(export, history, in: session)
    let sink: ExportFile
    do {
      sink = try ExportFile(path, as: format)
      try session.recording(at: statement.span) { () throws(HistoryError) in
        switch export.table {
        case .runs: try history.exportRuns(runs, to: sink)
        case .series: try history.exportSeries(runs, to: sink)
        }
      }
      try sink.finish()
    } catch let error as StatementFailure {
      throw error
    } catch let error as Diagnostic {
      throw .failed(Diagnostic(error.message, at: file.span))
    } catch {
      throw .failed(Diagnostic("`\(path)` cannot be written: \(error)", at: file.span))
    }
    session.note("\(file.name): \(runs.count.counted("run")), \(sink.rowCount.counted("row"))")
  }

  private static func runs(_ export: ExportStatement, _ history: RunHistory, in session: Session) throws(StatementFailure) -> [Int64] {
    guard !export.runs.isEmpty else {
      return try StatementFailure.wrap { () throws(Diagnostic) in try history.runs(selectedBy: export.filter) }
    }
    var runs: [Int64] = []
    for expression in export.runs {
      let name = try session.text(expression)
      guard let run = session.record.run(named: name) as? RecordedRun else {
        throw .wrong(Diagnostic("there is no run `\(name.shortened)`", at: expression.span, hint: "`history` lists the newest runs"))
      }
      guard try !session.recording(at: expression.span, { () throws(HistoryError) in try history.isForgotten(run.id) }) else {
        throw .wrong(Diagnostic("run \(run.id) is forgotten", at: expression.span, hint: "`restore \(run.id)` brings it back"))
      }
      runs.append(run.id)
    }
    return runs
  }
}

/// A file of rows.
private final class ExportFile: ExportSink {
  private let file: WholeFile
  private let format: RowText.Format
  private var text: RowText?
  private(set) var rowCount = 0
  /// Not yet in the file.
  private var pending: [UInt8] = []

  init(_ path: String, as format: RowText.Format) throws(Diagnostic) {
    self.format = format
    file = try WholeFile(path)
  }

  func begin(columns: [String]) throws {
    let text = RowText(columns, as: format)
    self.text = text
    try write(text.beginning)
  }

  func add(_ row: [ResultTable.Cell]) throws {
    guard let text else { return }
    try write(text.row(row, isFirst: rowCount == 0))
    rowCount += 1
  }

  func finish() throws {
    try write(text?.end ?? "")
    try file.write(pending)
    try file.finish()
  }

  private func write(_ text: String) throws {
    pending += text.utf8
    guard pending.count >= 1 << 16 else { return }
    try file.write(pending)
    pending = []
  }
}
