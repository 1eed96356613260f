import Foundation
import SourceText
import Syntax

/// What a process that runs one point of a parallel loop is given on its standard input.
public struct PointRequest: Codable, Sendable {
  /// The statements that made the experiment, as a record keeps them.
  let preparation: [String]
  /// The file that the loop stands in, and its text up to the loop's end with blanks for all before it: lines and columns stay what they are.
  let file: String
  let text: String
  /// Which point, from 0, and how many there are.
  let point: Int
  let count: Int
  /// The folder of the process that runs it: what it is asked, and what it says.
  let folder: String

  /// Where the runs are written down that were made, those of loops inside the point included: a number and a name each.
  var report: String { folder + "/runs" }

  struct MadeRun: Codable {
    let id: Int64
    let name: String
  }

  init(preparation: [String], loop: Statement, point: Int, count: Int, folder: String) {
    self.folder = folder
    self.preparation = preparation
    self.point = point
    self.count = count
    file = loop.span.file.name
    let bytes = Array(loop.span.file.text.utf8)
    let newline = UInt8(ascii: "\n")
    let blank = bytes[..<loop.span.range.lowerBound].map { $0 == newline ? newline : UInt8(ascii: " ") }
    text = String(decoding: blank + bytes[loop.span.range], as: UTF8.self)
  }

  public init(json: Data) throws { self = try JSONDecoder().decode(PointRequest.self, from: json) }

  var json: Data {
    get throws { try JSONEncoder().encode(self) }
  }
}

/// Which point of the script's parallel loops is the only one to be run: they are counted from 0, loop after loop.
struct ChosenPoint {
  let number: Int
  /// Those of the loops that have gone by.
  var passedCount = 0
  /// How many points of its loop the process that asks for this one has counted; nil for a point of a script.
  var expectedCount: Int?
}

extension [Statement] {
  /// Up to and with the last statement that can make points; a file that is included may.
  var throughLastParallelLoop: [Statement] {
    let last = lastIndex { statement in
      [statement].withNested.contains { nested in
        switch nested.kind {
        case .forLoop(_, _, let jobs, _): jobs != nil
        case .include: true
        default: false
        }
      }
    }
    return last.map { Array(self[...$0]) } ?? []
  }
}

extension Session {
  /// Runs one point of a loop that another process is in.
  public func run(_ request: PointRequest) -> SessionEnd {
    let end = ending { () throws(StatementFailure) in
      let source = SourceFile(name: "<before the loop>", text: request.preparation.joined(separator: "\n"))
      let statements = try StatementFailure.wrap { () throws(Diagnostic) in try Parser.statements(of: source, mode: .script) }
      try repeating { () throws(StatementFailure) in try execute(statements) }
    }
    guard end == .completed else { return end }
    chosenPoint = ChosenPoint(number: request.point, expectedCount: request.count)
    let pointEnd = run(SourceFile(name: request.file, text: request.text), mode: request.file.hasPrefix("<") ? .prompt : .script)
    let made = record.entries.map { PointRequest.MadeRun(id: $0.id, name: $0.name) }
    // Without it those that this process has made itself are found all the same.
    try? JSONEncoder().encode(made).write(to: URL(fileURLWithPath: request.report))
    return pointEnd
  }

  /// Runs a script up to and with one point of its parallel loops, and nothing behind it.
  public func run(_ file: SourceFile, point: Int) -> SessionEnd {
    chosenPoint = ChosenPoint(number: point)
    let end = run(file, mode: .script)
    guard end == .completed, let passed = chosenPoint?.passedCount else { return end }
    let hint = passed == 0 ? "`for … parallel 2 { … }` makes them" : "they are counted from 0 to \(passed - 1)"
    output.diagnostic(
      Diagnostic("there is no point \(point): the script has \(passed.counted("point")) of parallel loops", at: nil, hint: hint))
    return .usage
  }
}
