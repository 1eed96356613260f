import Foundation

/// Runs `siam` without a terminal, as a script or another program would.
public struct SiamProcess {
  public let output: String
  public let errors: String
  /// The exit status, or 128 + n when signal n ended it.
  public let status: Int32

  /// - Parameters:
  ///   - program: another program, a shell say, that runs `siam`.
  ///   - input: what standard input holds.
  ///   - folder: the working folder, when it is not the home.
  ///   - changes: environment variables to set, or with nil to remove.
  public static func run(
    _ arguments: [String], program: String = SiamBinary.url.path, input: String = "", home: TemporaryFolder, folder: String? = nil,
    changes: [String: String?] = [:]
  ) throws -> SiamProcess {
    try run(arguments, program: program, input: Data(input.utf8), home: home, folder: folder, changes: changes)
  }

  public static func run(
    _ arguments: [String], program: String = SiamBinary.url.path, input: Data, home: TemporaryFolder, folder: String? = nil,
    changes: [String: String?] = [:]
  ) throws -> SiamProcess {
    let name = UUID().uuidString
    // Files rather than pipes: neither side can then wait for the other.
    let inputPath = try home.write(input, to: name + ".in")
    let outputPath = try home.write("", to: name + ".out")
    let errorPath = try home.write("", to: name + ".err")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = SiamBinary.environment(home: home, changes: changes)
    process.currentDirectoryURL = URL(fileURLWithPath: folder ?? home.path)
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: inputPath))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
    try process.run()
    process.waitUntilExit()
    return SiamProcess(
      output: try String(contentsOfFile: outputPath, encoding: .utf8),
      errors: try String(contentsOfFile: errorPath, encoding: .utf8),
      status: process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0))
  }
}
