import RunHistory
import SourceText
import Syntax

/// `import "other.sqlite"`
enum ImportStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "import", signature: "import \"FILE.sqlite\" …",
    summary: "add the runs of other histories to this one; a run that is here already is not doubled",
    examples: ["history save \"other.sqlite\"; import \"other.sqlite\""], arguments: [[.files(["sqlite", "sqlite3", "db"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    repeat {
      let (name, site) = try arguments.text("history to import")
      try session.importHistory(session.path(name, besides: statement.span.file), called: name, at: site)
    } while !arguments.rest.isEmpty
  }
}

extension Session {
  /// `siam import FILE…`: what is wrong with one file does not keep the others out.
  public func importHistories(_ paths: [String]) -> SessionEnd {
    let ends = paths.map { path in ending { () throws(StatementFailure) in try importHistory(path, called: path, at: nil) } }
    return ends.max { $0.exitStatus < $1.exitStatus } ?? .completed
  }

  fileprivate func importHistory(_ path: String, called name: String, at site: SourceSpan?) throws(StatementFailure) {
    let history = try StatementFailure.wrap { () throws(Diagnostic) in try record.history() }
    let merge: RunHistory.Merge
    do throws(HistoryError) {
      merge = try history.merge(path) { Session.interruption.isRequested }
    } catch {
      let hint =
        switch error {
        case .notSQLite, .notAHistory, .damaged, .isFolder, .failed: "only a history that Siam wrote can be imported"
        default: error.hint
        }
      throw .wrong(Diagnostic(error.message, at: site, hint: hint))
    }
    note("\(name): \(merge.imported.count.counted("run")) imported" + others(merge))
    if merge.isInterrupted { throw .interrupted }
  }

  private func others(_ merge: RunHistory.Merge) -> String {
    var text = ""
    if merge.presentCount > 0 { text += ", \(merge.presentCount) here already" }
    if merge.runningCount > 0 { text += ", \(merge.runningCount) still running and left out" }
    return text
  }
}
