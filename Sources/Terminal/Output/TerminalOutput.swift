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
  private var isQuiet: Bool
  private let isInteractive: Bool
  /// Colours are for a conversation, and for the errors of a script that somebody watches.
  private let paintsResults: Bool
  private let paintsErrors: Bool
  private let pager: Pager?

  /// - parameter showsProgress: false for a process whose output is read when it has ended.
  /// - parameter pager: what shows answers that are longer than the screen; nil: nothing does.
  public init(isQuiet: Bool, isInteractive: Bool, showsProgress: Bool = true, pager: Pager? = nil) {
    self.isQuiet = isQuiet
    self.isInteractive = isInteractive
    // Nobody reads on: what still runs ends at its next step boundary.
    standardOutput = StandardStream(STDOUT_FILENO) { Session.interruption.request() }
    standardError = StandardStream(STDERR_FILENO)
    progressReporter = ProgressReporter(
      stream: standardError, style: Self.progressStyle(isQuiet: isQuiet || !showsProgress, isTerminal: standardError.isTerminal),
      layout: { [standardError] in Self.layout(of: standardError) })
    paintsResults = isInteractive && TerminalColors.areWanted(on: standardOutput)
    paintsErrors = TerminalColors.areWanted(on: standardError)
    self.pager = isInteractive && standardOutput.isTerminal && isatty(STDIN_FILENO) == 1 ? pager : nil
  }

  private static func progressStyle(isQuiet: Bool, isTerminal: Bool) -> ProgressReporter.Style {
    if isQuiet { return .silent }
    guard isTerminal, TerminalColors.canMoveCursor() else { return .plain }
    return .redrawn(TextLocale.isUTF8 ? .heavy : .ascii)
  }

  public func answer(_ answer: Answer) {
    progressReporter.hide()
    let layout = Self.layout(of: standardOutput)
    let text = shown(answer, in: layout)
    let shown = (paintsResults ? AnswerPainter.painted(text, of: answer) : text) + "\n"
    if let pager, isPaged(answer, text, in: layout), pager.show(standardOutput.writable(shown)) { return }
    standardOutput.write(shown)
  }

  /// What comes from names, notes and data does not steer the terminal. A program that reads a pipe gets it as it is.
  private func shown(_ answer: Answer, in layout: AnswerLayout) -> String {
    let text = answer.text(in: layout)
    if case .figure = answer { return text }
    return standardOutput.isTerminal ? DisplayText.visibleLines(text) : text
  }

  /// A figure fits the screen by itself.
  private func isPaged(_ answer: Answer, _ text: String, in layout: AnswerLayout) -> Bool {
    guard let columns = layout.columns, let rows = layout.rows else { return false }
    if case .figure = answer { return false }
    return Pager.isNeeded(for: text, columns: columns, rows: rows)
  }

  /// What is piped on keeps its whole width.
  private static func layout(of stream: StandardStream) -> AnswerLayout {
    let size = stream.size
    return AnswerLayout(
      columns: size?.columns, rows: size?.rows, isASCII: !TextLocale.isUTF8, colors: TerminalColors.depth(isTerminal: stream.isTerminal))
  }

  public func note(_ text: String) {
    // What ends because nobody reads has nothing to say of it.
    guard !isQuiet, standardOutput.failure == nil else { return }
    progressReporter.hide()
    let text = DisplayText.visibleLines(text)
    let isConversation = isInteractive && standardOutput.isTerminal
    let stream = isConversation ? standardOutput : standardError
    let shown = paintsResults ? AnswerPainter.painted(note: text) : text
    stream.write(WrappedText.text(shown, columns: stream.size?.columns) + "\n")
  }

  /// Does something of which only results and diagnostics are shown.
  func withoutEchoes<Result>(_ body: () -> Result) -> Result {
    let before = isQuiet
    isQuiet = true
    defer { isQuiet = before }
    return body()
  }

  public func diagnostic(_ diagnostic: Diagnostic) {
    progressReporter.hide()
    standardError.write(DiagnosticRenderer(isColored: paintsErrors, columns: standardError.size?.columns).render(diagnostic) + "\n")
  }

  public func relay(_ text: String) {
    progressReporter.hide()
    let columns = standardError.size?.columns
    // What is quoted of a script keeps its marks below its words.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("    ") ? String(line) : WrappedText.text(String(line), columns: columns)
    }
    standardError.write(lines.joined(separator: "\n"))
  }

  public func progress(ofPoints progress: PointProgress?) { progressReporter.report(points: progress) }

  public func progress(_ progress: Commands.Progress?) {
    progressReporter.report(progress)
  }
}
