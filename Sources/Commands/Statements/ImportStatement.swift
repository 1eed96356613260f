import RunHistory
import SourceText
import Syntax

/// `import "other.sqlite"`
enum ImportStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "import", signature: "import \"FILE.sqlite\" …",
    summary: "add the runs of other histories to this one; a run that is here already is not doubled", examples: [], arguments: [[.paths]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let history = try session.history(at: statement.span)
    repeat {
      let (name, site) = try arguments.text("history to import")
      let path = session.path(name, besides: statement.span.file)
      let merge = try session.recording(at: site) { () throws(HistoryError) in
        try history.merge(path) { Session.interruption.isRequested }
      }
      session.note("\(name): \(merge.imported.count) run\(merge.imported.count == 1 ? "" : "s") imported" + others(merge))
      if merge.isInterrupted { throw .interrupted }
    } while !arguments.rest.isEmpty
  }

  private static func others(_ merge: RunHistory.Merge) -> String {
    var text = ""
    if merge.presentCount > 0 { text += ", \(merge.presentCount) here already" }
    if merge.runningCount > 0 { text += ", \(merge.runningCount) still running and left out" }
    return text
  }
}
