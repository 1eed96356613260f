import SourceText
import Syntax

/// A statement that a session has run, with everything that it said: what a notebook's output, a report and a saved session are made from.
public struct StatementTrace: Sendable {
  public let statement: Statement
  /// Results: what `print`, `history`, `table`, `plot` answered.
  public internal(set) var answers: [Answer] = []
  /// Echoes of what it did.
  public internal(set) var notes: [String] = []
  /// Warnings, and the error that ended it.
  public internal(set) var diagnostics: [Diagnostic] = []
  /// The runs that it made.
  public internal(set) var runs: [SessionRun] = []
  public internal(set) var end = SessionEnd.completed
  public internal(set) var seconds = 0.0
}

/// A run that a session has made.
public struct SessionRun: Hashable, Sendable {
  /// Its number in the history.
  public let id: Int64
  /// Empty where it has none.
  public let name: String
}
