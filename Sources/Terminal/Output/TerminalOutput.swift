import Commands
import Foundation
import SourceText

/// Shows a session to whoever started the program: results on standard output, progress and diagnostics on standard error.
///
/// Echoes belong to a conversation: at the prompt they stand among the results, in a script they go to standard error, so that its
/// standard output holds what was asked for and nothing else. `--quiet` leaves out echoes and progress.
public final class TerminalOutput: SessionOutput {
  public let standardOutput: StandardStream
  public let standardError: StandardStream
  private let progressReporter: ProgressReporter
  private let isQuiet: Bool
  private let isInteractive: Bool

  /// - parameter showsProgress: false for a process whose output is read when it has ended.
  public init(isQuiet: Bool, isInteractive: Bool, showsProgress: Bool = true) {
    self.isQuiet = isQuiet
    self.isInteractive = isInteractive
    // Nobody reads on: what still runs ends at its next step boundary.
    standardOutput = StandardStream(STDOUT_FILENO) { Session.interruption.request() }
    standardError = StandardStream(STDERR_FILENO)
    progressReporter = ProgressReporter(
      stream: standardError, style: Self.progressStyle(isQuiet: isQuiet || !showsProgress, isTerminal: standardError.isTerminal),
      layout: { [standardError] in Self.layout(of: standardError) })
  }

  private static func progressStyle(isQuiet: Bool, isTerminal: Bool) -> ProgressReporter.Style {
    if isQuiet { return .silent }
    let kind = ProcessInfo.processInfo.environment["TERM"] ?? ""
    guard isTerminal, kind != "dumb", !kind.isEmpty else { return .plain }
    return .redrawn(TextLocale.isUTF8 ? .heavy : .ascii)
  }

  public func answer(_ answer: Answer) {
    progressReporter.hide()
    standardOutput.write(answer.text(in: Self.layout(of: standardOutput)) + "\n")
  }

  /// What is piped on keeps its whole width.
  private static func layout(of stream: StandardStream) -> AnswerLayout {
    let size = stream.size
    return AnswerLayout(
      columns: size?.columns, rows: size?.rows, isASCII: !TextLocale.isUTF8, colors: TerminalColors.depth(isTerminal: stream.isTerminal))
  }

  public func note(_ text: String) {
    guard !isQuiet else { return }
    progressReporter.hide()
    (isInteractive && standardOutput.isTerminal ? standardOutput : standardError).write(text + "\n")
  }

  public func diagnostic(_ diagnostic: Diagnostic) {
    progressReporter.hide()
    standardError.write(DiagnosticRenderer().render(diagnostic) + "\n")
  }

  public func relay(_ text: String) {
    progressReporter.hide()
    standardError.write(text)
  }

  public func progress(_ progress: Commands.Progress?) {
    progressReporter.report(progress)
  }
}
