import Experiments
import SourceText
import Syntax

/// `clear x`
enum ClearStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "clear", signature: "clear NAME …", summary: "forget a name of yours", examples: ["clear A"], arguments: [[.definitions]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    repeat {
      let (name, site) = try arguments.text("name")
      let definitions = session.experiment.definitions
      let tracks = definitions.tracks.map(\.name)
      guard definitions.names.contains(name) || tracks.contains(name) else {
        throw .wrong(
          Diagnostic("you have not defined `\(name)`", at: site, hint: NearestNames.question(for: name, among: definitions.names + tracks)))
      }
      session.experiment.definitions.remove(name)
      session.experiment.definitions.tracks.removeAll { $0.name == name }
    } while !arguments.rest.isEmpty
  }
}
