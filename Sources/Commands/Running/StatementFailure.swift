import SourceText

/// Why a text was not run to its end.
enum StatementFailure: Error {
  /// The statement itself is wrong: exit status 2.
  case wrong(Diagnostic)
  /// The statement is right, and what it asks for failed: an `expect`, a file. Exit status 1.
  case failed(Diagnostic)
  case interrupted
  case quit

  /// What cannot be written is no mistake in the statement.
  static func writing<Result>(_ body: () throws(Diagnostic) -> Result) throws(StatementFailure) -> Result {
    try wrap(as: { .failed($0) }, body)
  }

  /// What the layers below throw is about the user's words.
  static func wrap<Result>(
    as failure: (Diagnostic) -> StatementFailure = { .wrong($0) }, _ body: () throws(Diagnostic) -> Result
  ) throws(StatementFailure) -> Result {
    do {
      return try body()
    } catch {
      // A note is no mistake: it says that Ctrl-C ended a computation.
      throw error.level == .note ? .interrupted : failure(error)
    }
  }
}
