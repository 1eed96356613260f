import ArgumentParser
import Commands
import Foundation
import NotebookRunning
import Notebooks
import SourceText
import Terminal

/// Notebooks that are run for the sake of their outputs, each in a session of its own.
struct NotebookInvocation {
  private let options: SessionOptions
  private let output: TerminalOutput

  init(_ options: SessionOptions) {
    TextLocale.setUp()
    ProcessSignals.install(for: .script)
    self.options = options
    output = TerminalOutput(isQuiet: options.isQuiet, isInteractive: false)
  }

  func test(_ paths: [String], tolerance: Tolerance?) -> ExitCode {
    exitCode(
      after: paths.map { path in
        run(path) { _, run in
          let test = NotebookTest(run, tolerance: tolerance)
          output.answer(.text(test.text))
          return test.end
        }
      })
  }

  func update(_ paths: [String]) -> ExitCode {
    exitCode(
      after: paths.map { path in
        run(path) { notebook, run throws(Diagnostic) in
          guard let update = NotebookUpdate(run) else {
            output.answer(.text("\(DisplayText.visible(path)): left as it was"))
            return run.end
          }
          guard update.text != notebook.text else {
            output.answer(.text("\(DisplayText.visible(path)): up to date"))
            return .completed
          }
          // Somebody may have gone on writing while it ran.
          guard try SourceFile(contentsOf: path, unless: { Session.interruption.isRequested }).text == notebook.text else {
            throw Diagnostic("`\(path)` has changed while it ran, and is left as it is", at: nil, hint: "`siam update \(path)` once more")
          }
          try WholeFile.write(update.text.utf8, to: path)
          output.answer(.text("\(DisplayText.visible(path)): \(update.changedCount) output\(update.changedCount == 1 ? "" : "s") written"))
          return .completed
        }
      })
  }

  /// - Parameter use: what becomes of the run, and how it ends then.
  private func run(_ path: String, _ use: (Notebook, NotebookRun) throws(Diagnostic) -> SessionEnd) -> SessionEnd {
    // Ctrl-C means all of the files.
    if Session.interruption.isRequested { return .interrupted }
    do throws(Diagnostic) {
      let notebook = try Notebook(SourceFile(contentsOf: path, unless: { Session.interruption.isRequested }))
      let history: TemporaryHistory?
      do {
        history = options.databasePath == nil ? try TemporaryHistory() : nil
      } catch {
        throw Diagnostic("there is no place for a temporary history: \(error.localizedDescription)", at: nil, hint: "`--db PATH` names one")
      }
      var options = options
      options.databasePath = history?.path ?? options.databasePath
      let run = NotebookRunner(options: options, output: ProblemsOutput(output)).run(notebook)
      return try withExtendedLifetime(history) { () throws(Diagnostic) in try use(notebook, run) }
    } catch {
      output.diagnostic(error)
      return .usage
    }
  }

  private func exitCode(after ends: [SessionEnd]) -> ExitCode {
    ProgramEnd.exitCode(after: ends.max { $0.exitStatus < $1.exitStatus } ?? .completed, output)
  }
}
