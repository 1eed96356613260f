import ArgumentParser
import Commands
import Foundation
import Terminal

/// What the program leaves to the shell.
enum ProgramEnd {
  /// The exit status after a session: 128 and the signal that ended it, `SIGPIPE`'s where nobody reads any more, 1 where standard output could not be
  /// written, which is said.
  static func exitCode(after end: SessionEnd, _ output: TerminalOutput) -> ExitCode {
    if let signal = ProcessSignals.terminationSignal { return ExitCode(128 + signal) }
    switch output.standardOutput.failure {
    case nil: return ExitCode(end.exitStatus)
    case EPIPE: return ExitCode(128 + SIGPIPE)
    case let failure?:
      output.standardError.write("siam: standard output cannot be written: \(String(cString: strerror(failure)))\n")
      return .failure
    }
  }
}
