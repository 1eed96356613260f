import Foundation
import RunHistory
import SourceText
import Syntax

/// `purge`, `purge 41`
enum PurgeStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "purge", signature: "purge [RUN]", summary: "delete forgotten runs for good, all or one, with their checkpoints", examples: ["purge"],
    arguments: [[.forgottenRuns], []])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let site = arguments.rest.first?.span ?? statement.span
    let run = arguments.rest.isEmpty ? nil : Int64(try arguments.integer("run number", in: 1...(1 << 53)))
    try arguments.end()
    guard session.options.permissions.allowsDeleting else { throw .wrong(Permissions.deleting(at: statement.span)) }
    let history = try session.history(at: statement.span)
    let purge = try session.recording(at: site) { () throws(HistoryError) in try history.purge(run) }
    CheckpointFolder(of: history)?.remove(purge.checkpoints)
    session.note("\(purge.purged.count.counted("run")) purged")
    for (run, reason) in purge.kept {
      switch reason {
      case .running: session.note("  run \(run) is kept: it is still running")
      case .continuedBy(let later): session.note("  run \(run) is kept: run \(later) continues it")
      }
    }
  }
}
