import ArgumentParser
import Commands
import Foundation
import SourceText
import Syntax
import Terminal

/// One run of the program without a prompt: a session, and what becomes of its end.
struct Invocation {
  private let session: Session
  private let output: TerminalOutput
  private let options: SessionOptions

  init(_ options: SharedOptions, over outer: SharedOptions? = nil, isScript: Bool = false, showsProgress: Bool = true) {
    self.options = options.sessionOptions(over: outer, isInteractive: false, isScript: isScript)
    TextLocale.setUp()
    output = TerminalOutput(isQuiet: self.options.isQuiet, isInteractive: false, showsProgress: showsProgress)
    session = Session(options: self.options, output: output)
  }

  /// A text that cannot be read is reported as a wrong statement is.
  func run(mode: Parser.Mode = .script, _ read: () throws(Diagnostic) -> SourceFile) -> ExitCode {
    exitCode(after: end(of: read) { session.run($0, mode: mode) })
  }

  /// Runs a text up to one point of its parallel loops.
  func run(point: Int, _ read: () throws(Diagnostic) -> SourceFile) -> ExitCode {
    exitCode(after: end(of: read) { session.run($0, point: point) })
  }

  /// Runs what another process has asked for.
  func run(_ request: PointRequest) -> ExitCode {
    ProcessSignals.install(for: .script)
    return exitCode(after: session.run(request))
  }

  /// Adds the runs of other histories to this session's.
  func importHistories(_ paths: [String]) -> ExitCode {
    ProcessSignals.install(for: .script)
    return exitCode(after: session.importHistories(paths))
  }

  /// Writes the parallel loops of a script as a job array.
  func writeJobArray(of path: String, to folder: String) -> ExitCode {
    exitCode(after: end(of: { () throws(Diagnostic) in try SourceFile(contentsOf: path) }) { session.writeJobArray(of: $0, to: folder) })
  }

  /// Times steps of the experiment that a text sets up; of none, the usual one.
  func benchmark(mode: Parser.Mode, steps: Int?, _ read: () throws(Diagnostic) -> SourceFile?) -> ExitCode {
    exitCode(after: end(of: read) { session.benchmark($0, mode: mode, steps: steps) })
  }

  /// Checks every file as if it were alone, and reports on all of them.
  func check(_ paths: [String]) -> ExitCode {
    let ends = paths.map { path in
      end(of: { () throws(Diagnostic) in try SourceFile(contentsOf: path) }, Session(options: options, output: output).check)
    }
    return exitCode(after: ends.max { $0.exitStatus < $1.exitStatus } ?? .completed)
  }

  private func end<Text>(of read: () throws(Diagnostic) -> Text, _ use: (Text) -> SessionEnd) -> SessionEnd {
    do throws(Diagnostic) {
      let file = try read()
      // Not before: while it waits for what is typed, Ctrl-C ends the program as it ends any.
      ProcessSignals.install(for: .script)
      return use(file)
    } catch {
      output.diagnostic(error)
      return .usage
    }
  }

  private func exitCode(after end: SessionEnd) -> ExitCode {
    ProgramEnd.exitCode(after: session.conclude(after: end), output)
  }
}
