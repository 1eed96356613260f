import ArgumentParser
import Commands
import Foundation
import NotebookRunning
import Notebooks
import Pages
import RunHistory
import SourceText
import Terminal

/// A notebook that is run for the sake of a report, too: it runs and is shown as ever, and the report is written wherever it ends.
struct ReportInvocation {
  private let options: SessionOptions
  private let output: TerminalOutput
  private let report: ReportFile
  private let begun = Date()

  init(_ options: SessionOptions, to report: ReportFile) {
    TextLocale.setUp()
    self.options = options
    self.report = report
    output = TerminalOutput(isQuiet: options.isQuiet, isInteractive: false)
  }

  func run(_ read: () throws(Diagnostic) -> SourceFile) -> ExitCode {
    do throws(Diagnostic) {
      try report.prepare()
      let file = try read()
      ProcessSignals.install(for: .script)
      let (page, end) = run(file)
      return ProgramEnd.exitCode(after: write(page) ? end : end == .completed || end == .quit ? .failed : end, output)
    } catch {
      output.diagnostic(error)
      return ExitCode(SessionEnd.usage.exitStatus)
    }
  }

  private func run(_ file: SourceFile) -> (Report, SessionEnd) {
    let notebook: Notebook
    do throws(Diagnostic) {
      notebook = try Notebook(file)
    } catch {
      output.diagnostic(error)
      return (Report(file, problem: error, circumstances: circumstances(of: file, history: nil), versions: versions), .usage)
    }
    var runs: [RunReport] = []
    var history: String?
    let run = NotebookRunner(options: options, output: output).run(notebook) { session in
      runs = session.reports(of: session.runs)
      history = runs.isEmpty ? nil : session.historyPlace
    }
    return (Report(run, runs: runs, circumstances: circumstances(of: file, history: history), versions: versions), run.end)
  }

  /// Whether it could be written.
  private func write(_ page: Report) -> Bool {
    do throws(Diagnostic) {
      try report.write(page)
      output.note("report: \(DisplayText.visible(report.path))")
      return true
    } catch {
      output.diagnostic(error)
      return false
    }
  }

  private var versions: [Report.Fact] { Session.environment.map { Report.Fact($0.name, $0.value) } }

  private func circumstances(of file: SourceFile, history: String?) -> [Report.Fact] {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "yyyy-MM-dd HH:mm:ss xxx"
    let seconds = Int(Date().timeIntervalSince(begun).rounded())
    let facts: [(String, String?)] = [
      ("notebook", file.name), ("command line", (["siam"] + CommandLine.arguments.dropFirst().map(Self.quoted)).joined(separator: " ")),
      ("begun", format.string(from: begun)), ("took", seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"),
      ("set", options.settings.isEmpty ? nil : options.settings.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")),
      ("profile", options.profileOverride), ("history", history)
    ]
    return facts.compactMap { name, value in value.map { Report.Fact(name, $0) } }
  }

  /// As a shell reads it as one word.
  private static func quoted(_ argument: String) -> String {
    let isPlain = !argument.isEmpty && argument.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=,:+@%".contains($0)) }
    return isPlain ? argument : "'" + argument.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}
