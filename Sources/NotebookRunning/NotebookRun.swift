import Commands
import Notebooks
import SourceText

/// A notebook that was run: what each cell said, and how it ended.
///
/// A target of its own, and no folder of Commands, because it is made of Commands' public face alone: what a report or another front end needs of a
/// session is then known to be there.
public struct NotebookRun: Sendable {
  public let notebook: Notebook
  /// One for each cell that was begun, in the order of the notebook: fewer than its cells where something ended it before.
  public let cells: [CellRun]
  /// What was said outside of any cell: a script that asks for what it may not do, a `--set` without effect.
  public let diagnostics: [Diagnostic]
  public let end: SessionEnd
}

/// A cell that was run.
public struct CellRun: Sendable {
  /// Its place in `notebook.cells`.
  public let index: Int
  /// Results, echoes and diagnostics, in order.
  public let said: [StatementTrace.Said]
  /// The runs that it made.
  public let runs: [SessionRun]
  public let end: SessionEnd
  public let seconds: Double

  public var answers: [Answer] { said.answers }
  public var notes: [String] { said.notes }
  public var diagnostics: [Diagnostic] { said.diagnostics }

  /// What its `#>` lines should hold: results as text on a page, and no echoes.
  public var output: [String] { OutputText.lines(of: answers.map { $0.text(in: .page) }) }
}
