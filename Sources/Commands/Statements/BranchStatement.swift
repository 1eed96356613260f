import SourceText
import Syntax

/// `branch long`, `branch`
enum BranchStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "branch", signature: "branch [NAME]", summary: "keep the live state under a name, for `back`; without a name, list what is kept",
    examples: ["branch start", "branch"], arguments: [[.branches]])

  /// What goes on from it is recorded as if nothing had been between.
  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard let name = try name(statement, in: session) else { return list(in: session) }
    session.branches.keep(name, session.state)
    session.note("branch \(name): \(session.placeText)")
  }

  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard let name = try name(statement, in: session) else { return }
    session.branches.keep(name, session.state)
  }

  private static func name(_ statement: Statement, in session: Session) throws(StatementFailure) -> String? {
    var arguments = try StatementArguments(statement, declaration, in: session)
    guard !arguments.rest.isEmpty else { return nil }
    let (name, _) = try arguments.text("name")
    try arguments.end()
    return name
  }

  private static func list(in session: Session) {
    guard !session.branches.all.isEmpty else { return session.output.result("no branches: `branch NAME` keeps the live state") }
    let lines = session.branches.all.map { name, state in
      "\(name): step \(state.position)" + (state.live.map { " of run \($0.id)" } ?? "") + memoryText(state.snapshot.byteCount)
    }
    session.output.result(lines.joined(separator: "\n"))
  }

  private static func memoryText(_ bytes: Int) -> String {
    bytes == 0 ? "" : ", \((Double(bytes) / 1_048_576 * 10).rounded() / 10) MiB"
  }

}
