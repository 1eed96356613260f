import RunHistory
import SourceText
import Syntax

/// `restore 41`
enum RestoreStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "restore", signature: "restore RUN", summary: "bring back a forgotten run", examples: ["restore 2"], arguments: [[.forgottenRuns], []])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let id = try arguments.integer("run number", in: 1...(1 << 53))
    try arguments.end()
    let history = try session.history(at: statement.span)
    try session.recording(at: statement.span) { () throws(HistoryError) in try history.restore(Int64(id)) }
  }
}

extension Session {
  /// The run that a number at the front names, else the session's latest.
  func runNumber(_ arguments: inout StatementArguments) throws(StatementFailure) -> Int64 {
    if case .value? = arguments.rest.first?.kind {
      return Int64(try arguments.integer("run number", in: 1...(1 << 53)))
    }
    guard let latest = record.entries.last else {
      throw .wrong(Diagnostic("there is no run in this session yet", at: arguments.site, hint: "name one by its number"))
    }
    return latest.id
  }
}
