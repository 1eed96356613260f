import Commands
import Figures
import SourceText

/// A session whose answers are kept, in memory and without a terminal.
final class Transcript: SessionOutput {
  private(set) var figures: [Figure] = []
  private(set) var results: [String] = []
  private(set) var notes: [String] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var progressCount = 0
  var end = SessionEnd.completed

  func answer(_ answer: Answer) {
    if case .figure(let figure) = answer { figures.append(figure) }
    results.append(answer.text())
  }
  func note(_ text: String) { notes.append(text) }
  func relay(_ text: String) { notes.append(text) }
  func diagnostic(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
  func progress(_ progress: Progress?) { if progress != nil { progressCount += 1 } }

  /// Results, one under the other.
  var output: String { results.joined(separator: "\n") }
  /// Diagnostics as a user reads them.
  var errors: String { diagnostics.map(DiagnosticRenderer().render).joined(separator: "\n") }
}
