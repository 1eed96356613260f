import SourceText
import Syntax

/// `back long`, `back`
enum BackStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "back", signature: "back [NAME]", summary: "return to the state that `branch` kept, to the one kept or returned to last without a name",
    examples: ["branch start", "back start"], arguments: [[.branches]])

  static let isRecorded = false
  static let changesLiveState = true

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    let (name, state) = try branch(statement, in: session)
    try StatementFailure.wrap { () throws(Diagnostic) in try session.experiment.requireRoomToKeep(at: statement.span) }
    session.restore(state)
    session.branches.latest = name
    session.note("back at \(name): \(session.placeText)")
  }

  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    session.restore(try branch(statement, in: session).state)
  }

  private static func branch(_ statement: Statement, in session: Session) throws(StatementFailure) -> (name: String, state: SessionState) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    guard !arguments.rest.isEmpty else {
      guard let name = session.branches.latest, let state = session.branches[name] else {
        throw .wrong(Diagnostic("there is no branch to go back to", at: statement.span, hint: "`branch NAME` keeps the live state"))
      }
      return (name, state)
    }
    let (name, site) = try arguments.text("name")
    try arguments.end()
    guard let state = session.branches[name] else {
      let names = session.branches.all.map(\.name)
      throw .wrong(
        Diagnostic(
          "there is no branch `\(name.shortened)`", at: site,
          hint: NearestNames.question(for: name, among: names)
            ?? (names.isEmpty ? "`branch NAME` keeps the live state" : "there are: \(names.joined(separator: ", "))")))
    }
    return (name, state)
  }
}
