import Foundation
import SourceText
import Syntax

/// Stands between a session and its output, and keeps what each statement says.
final class SessionJournal: SessionOutput {
  private let output: any SessionOutput
  /// Off, everything is passed on and nothing kept: a script may print for days.
  var isKept = false
  /// Statements are repeated: what they say was said already.
  var isMuted = false
  private(set) var traces: [StatementTrace] = []
  private var open: (trace: StatementTrace, begin: ContinuousClock.Instant, runCount: Int, undoMark: Int)?

  init(_ output: any SessionOutput) { self.output = output }

  /// What is said from now on is this statement's.
  ///
  /// - Parameters:
  ///   - runCount: how many runs the session has made so far.
  ///   - undoMark: where its states to come back to end.
  func begin(_ statement: Statement, runCount: Int, undoMark: Int) {
    guard isKept else { return }
    open = (StatementTrace(statement: statement), .now, runCount, undoMark)
  }

  /// - Parameters:
  ///   - runs: all that the session has made.
  ///   - undoMark: where its states to come back to end now.
  func finish(_ end: SessionEnd, runs: [SessionRun], undoMark: Int) {
    guard let open else { return }
    var trace = open.trace
    trace.end = end
    trace.changedState = undoMark != open.undoMark
    trace.runs = Array(runs.dropFirst(open.runCount))
    trace.seconds = (ContinuousClock.now - open.begin) / .seconds(1)
    self.open = nil
    traces.append(trace)
  }

  func answer(_ answer: Answer) {
    if isMuted { return }
    open?.trace.said.append(.answer(answer))
    output.answer(answer)
  }

  func note(_ text: String) {
    if isMuted { return }
    open?.trace.said.append(.note(text))
    output.note(text)
  }

  func diagnostic(_ diagnostic: Diagnostic) {
    if isMuted { return }
    open?.trace.said.append(.diagnostic(diagnostic))
    output.diagnostic(diagnostic)
  }

  func progress(ofPoints progress: PointProgress?) { output.progress(ofPoints: progress) }

  func relay(_ text: String) {
    if isMuted { return }
    open?.trace.said.append(.note(text))
    output.relay(text)
  }

  func progress(_ progress: Progress?) { output.progress(progress) }
}
