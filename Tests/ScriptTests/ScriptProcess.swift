import Foundation
import TestSupport

/// Runs a program of `scripts/` in the environment of a user who has just arrived.
struct ScriptProcess {
  let output: String
  let errors: String
  let status: Int32

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../scripts").standardizedFileURL.path

  /// - Parameter changes: environment variables to set, or with nil to remove.
  init(_ name: String, _ arguments: [String] = [], home: TemporaryFolder, changes: [String: String?] = [:]) throws {
    let process = try SiamProcess.run(
      [Self.folder + "/" + name] + arguments, program: "/bin/bash", home: home, changes: ["SIAM_BIN": SiamBinary.url.path].merging(changes) { $1 })
    (output, errors, status) = (process.output, process.errors, process.status)
  }
}
