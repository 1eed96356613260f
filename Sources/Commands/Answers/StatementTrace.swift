import SourceText
import Syntax

/// A statement that a session has run, with everything that it said: what a notebook's output, a report and a saved session are made from.
public struct StatementTrace: Sendable {
  public let statement: Statement
  /// Everything, in the order in which it was said.
  public internal(set) var said: [Said] = []
  /// The runs that it made.
  public internal(set) var runs: [SessionRun] = []
  public internal(set) var end = SessionEnd.completed
  /// Whether the live state was another one behind it, however it ended.
  var changedState = false
  public internal(set) var seconds = 0.0

  public enum Said: Sendable {
    /// A result: what `print`, `history`, `table`, `plot` answered.
    case answer(Answer)
    /// An echo of what the statement did.
    case note(String)
    /// A warning, or the error that ended it.
    case diagnostic(Diagnostic)
  }
}

extension StatementTrace {
  public var answers: [Answer] { said.answers }
  public var notes: [String] { said.notes }
  public var diagnostics: [Diagnostic] { said.diagnostics }
}

extension [StatementTrace.Said] {
  public var answers: [Answer] { compactMap { if case .answer(let answer) = $0 { answer } else { nil } } }
  public var notes: [String] { compactMap { if case .note(let text) = $0 { text } else { nil } } }
  public var diagnostics: [Diagnostic] { compactMap { if case .diagnostic(let diagnostic) = $0 { diagnostic } else { nil } } }
}

/// A run that a session has made.
public struct SessionRun: Hashable, Sendable {
  /// Its number in the history.
  public let id: Int64
  /// Empty where it has none.
  public let name: String
}
