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
    let file = name.replacingOccurrences(of: "/", with: "-")
    let outputPath = try home.write("", to: file + ".out")
    let errorPath = try home.write("", to: file + ".err")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [Self.folder + "/" + name] + arguments
    process.environment = SiamBinary.environment(home: home, changes: ["SIAM_BIN": SiamBinary.url.path].merging(changes) { $1 })
    process.currentDirectoryURL = URL(fileURLWithPath: home.path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
    try process.run()
    process.waitUntilExit()
    output = try String(contentsOfFile: outputPath, encoding: .utf8)
    errors = try String(contentsOfFile: errorPath, encoding: .utf8)
    status = process.terminationStatus
  }
}
