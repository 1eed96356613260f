import Foundation

/// A program of the system that we did not write: what it says of our files is what they are.
public enum ExternalProgram {
  /// Runs a program of `/usr/bin`; what it complains of is left out.
  public static func run(_ name: String, _ arguments: String...) throws -> (output: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/\(name)")
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (text, process.terminationStatus)
  }

  /// What the sqlite3 shell prints of a database: rows a line, columns separated by `|`.
  public static func sqlite3(_ path: String, _ sql: String) throws -> (output: String, status: Int32) {
    try run("sqlite3", "-batch", path, sql)
  }
}
