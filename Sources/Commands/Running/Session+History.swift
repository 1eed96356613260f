import Foundation
import RunHistory
import SourceText

extension Session {
  /// The record of past runs, opened when first asked for.
  func history(at site: SourceSpan) throws(StatementFailure) -> RunHistory {
    do throws(Diagnostic) {
      return try record.history()
    } catch {
      throw .wrong(error)
    }
  }

  /// Writes a file that the user named, whole or not at all.
  func write(_ text: String, to path: String, at site: SourceSpan) throws(StatementFailure) {
    do throws(Diagnostic) {
      try WholeFile.write(text.utf8, to: path)
    } catch {
      throw .failed(Diagnostic(error.message, at: site, hint: error.hints.first))
    }
  }

  /// What the record's own errors say is about the file, not the words.
  func recording<Result>(at site: SourceSpan, _ body: () throws(HistoryError) -> Result) throws(StatementFailure) -> Result {
    do {
      return try body()
    } catch {
      throw .wrong(error.diagnostic(at: site))
    }
  }
}
