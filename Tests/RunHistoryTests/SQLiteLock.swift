import Foundation
import Testing

/// A write lock that another process, the sqlite3 shell, holds on a file until it is released.
final class SQLiteLock {
  private let process = Process()
  private let input = Pipe()

  init(_ path: String, _ statement: String = "") throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
    process.arguments = ["-batch", path]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data("BEGIN EXCLUSIVE; \(statement);\nSELECT 'locked';\n".utf8))
    let answer = output.fileHandleForReading.availableData
    try #require(String(decoding: answer, as: UTF8.self).hasPrefix("locked"))
  }

  /// Rolls back and waits until the process is gone.
  func release() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
