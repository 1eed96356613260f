import Foundation
import Testing
import TestSupport

/// A wrong input and what Siam must answer to it: `Cases/STAGE/NAME.siam` and `NAME.expected`.
///
/// The script `answer` beside this file runs a case and prints the answer; `update` writes all of them anew.
struct ErrorCase: CustomTestStringConvertible, Sendable {
  /// The stage that finds the mistake: lexing, parsing, names, shapes, options, data, history, files, running.
  let stage: String
  let name: String

  var testDescription: String { "\(stage)/\(name)" }

  private static let folder = Fixtures.url("", beside: #filePath)

  static let stages: [String] = contents(of: "Cases")

  static func all(in stage: String) -> [ErrorCase] {
    contents(of: "Cases/\(stage)").filter { $0.hasSuffix(".siam") }.map { ErrorCase(stage: stage, name: String($0.dropLast(5))) }
  }

  private static func contents(of path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path)) ?? []).sorted()
  }

  private var path: String { Self.folder.appendingPathComponent("Cases/\(stage)/\(name)").path }

  /// nil where nobody has looked at the answer yet.
  var expected: String? { try? String(contentsOfFile: path + ".expected", encoding: .utf8) }

  /// What Siam answers now.
  func answer() throws -> String {
    let folder = try TemporaryFolder()
    let output = try folder.write("", to: "answer")
    let process = Process()
    process.executableURL = Self.folder.appendingPathComponent("answer")
    process.arguments = [path + ".siam"]
    process.environment = ProcessInfo.processInfo.environment.merging(["SIAM_BIN": SiamBinary.url.path]) { $1 }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    try process.run()
    process.waitUntilExit()
    return try String(contentsOfFile: output, encoding: .utf8)
  }
}
