import Foundation
import RunHistory
import SourceText
import Syntax
import Tables
import TestSupport
import Testing

/// A folder that goes when the test ends, with room for a history, and the `sqlite3` shell to look at it from outside.
final class TemporaryHistory {
  let folder: URL
  var path: String { folder.appendingPathComponent("history.sqlite").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("siam-history-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func open(lockTimeout: Double = 10) throws -> RunHistory { try RunHistory(at: .file(path), lockTimeout: lockTimeout) }

  /// What the sqlite3 shell prints: rows a line, columns separated by `|`.
  ///
  /// - parameter file: another file than the history.
  func shell(_ sql: String, of file: String? = nil) throws -> [String] {
    let (output, status) = try ExternalProgram.sqlite3(file ?? path, sql)
    try #require(status == 0)
    return output.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
  }

  /// The bytes of the database file itself.
  func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }
}

extension RunHistory {
  /// Answers a typed `history …`.
  func ask(_ text: String) throws -> ResultTable {
    let statements = try Parser.statements(of: SourceFile(name: "<test>", text: text), mode: .script)
    guard case .history(let statement) = try #require(statements.first).kind else {
      throw Diagnostic("not a history statement", at: nil)
    }
    return try list(statement)
  }

  /// The numbers of the runs for which a condition holds, ascending, as one text.
  func runs(where condition: String) throws -> String {
    try ask("history where \(condition) columns id sort id").rows.map { "\($0[0].text)" }.joined(separator: " ")
  }

  /// The complaint about a typed `history …`: message, the word it points at, hints.
  func complaint(about text: String) -> String {
    do {
      _ = try ask(text)
      return "no complaint"
    } catch let error as Diagnostic {
      return ([error.message, "at: \(error.site?.text ?? "-")"] + error.hints).joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }

  /// A finished run with one series a metric.
  @discardableResult
  func add(
    _ name: String, settings: [(String, SettingValue)] = [], loss: String? = nil, series: [String: [Double]] = [:],
    state: RunState = .finished, verdict: String? = nil
  ) throws -> Int64 {
    var description = RunDescription(name: name)
    description.settings = settings.map { (name: $0.0, value: $0.1) }
    if let loss {
      let tree = try Parser.expression(of: SourceFile(name: "<test>", text: loss))
      description.formulas = [FormulaRecord(typed: loss, expanded: loss, trees: [tree])]
    }
    let run = try begin(description)
    for (metric, values) in series {
      for (index, value) in values.enumerated() { record(run, step: index + 1, [(metric: metric, value: value)]) }
    }
    try finish(run, state: state, verdict: verdict.map { RunVerdict(word: $0, sentence: "verdict: \($0)") })
    return run
  }
}

extension RunHistory {
  /// A finished run with what stands behind `loss` in a statement.
  func add(_ name: String, lossStatement: String) throws -> Int64 {
    let statements = try Parser.statements(of: SourceFile(name: "<test>", text: "loss " + lossStatement), mode: .script)
    guard case .loss(_, let expressions) = try #require(statements.first).kind else { throw Diagnostic("not a loss", at: nil) }
    var description = RunDescription(name: name)
    description.formulas = [FormulaRecord(typed: lossStatement, expanded: lossStatement, trees: expressions)]
    let run = try begin(description)
    try finish(run, state: .finished)
    return run
  }
}

extension ResultTable.Cell {
  var text: String {
    switch self {
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .missing: "-"
    }
  }
}

extension ResultTable {
  /// The first column of each row.
  var firstColumn: [String] { rows.compactMap { $0.first?.text } }
}
