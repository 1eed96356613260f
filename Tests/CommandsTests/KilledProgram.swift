import Foundation
import TestSupport

/// A `siam` that is killed in the middle of what it does.
enum KilledProgram {
  struct NothingHappened: Error {}

  /// Runs a script, waits until `condition` holds, and ends the program with a signal: one that it cannot answer, unless told otherwise.
  static func run(_ script: String, home: TemporaryFolder, signal: Int32 = SIGKILL, until condition: () -> Bool) throws {
    let process = Process()
    process.executableURL = SiamBinary.url
    process.arguments = ["run", "--quiet", try home.write(script, to: "killed.siam")]
    process.environment = SiamBinary.environment(home: home)
    process.currentDirectoryURL = URL(fileURLWithPath: home.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let deadline = ContinuousClock.now + .seconds(60)
    while !condition() {
      guard ContinuousClock.now < deadline, process.isRunning else { throw NothingHappened() }
      usleep(5_000)
    }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
  }
}
