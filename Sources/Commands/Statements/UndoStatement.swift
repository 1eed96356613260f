import SourceText
import Syntax

/// `undo`, `undo 3`
enum UndoStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "undo", signature: "undo [N]",
    summary: "take back the last statement that changed the live state, weights, optimizer and random streams included; runs stay in the history",
    examples: ["batch 32", "undo"], arguments: [[]])

  /// It takes statements out of the record.
  static let isRecorded = false

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    let count = try count(statement, in: session)
    let known = session.undoStack.entries.count
    guard count <= known || known == 0 else {
      throw .wrong(Diagnostic("only \(known.counted("statement")) can be taken back", at: statement.span, hint: "`undo \(known)`"))
    }
    for _ in 0..<count {
      try StatementFailure.wrap { () throws(Diagnostic) in try session.experiment.requireRoomToKeep(at: statement.span) }
      guard let undone = session.undo() else {
        let forgotten = session.undoStack.forgottenCount > 0
        throw .wrong(
          Diagnostic(
            "there is nothing to undo" + (forgotten ? " any more" : ""), at: statement.span,
            hint: forgotten
              ? "the last \(UndoStack.capacity) statements can be taken back, and fewer where their weights fill an eighth of the memory" : nil))
      }
      session.note("undone: \(undone.statement.source.shortened)" + runsText(undone.runs) + " · now at \(session.placeText)")
    }
  }

  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) { try run(statement, in: session) }

  private static func count(_ statement: Statement, in session: Session) throws(StatementFailure) -> Int {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let count = arguments.rest.isEmpty ? 1 : try arguments.integer("number of statements", in: 1...UndoStack.capacity)
    try arguments.end()
    return count
  }

  private static func runsText(_ runs: [Int64]) -> String {
    guard let first = runs.first else { return "" }
    return runs.count == 1 ? " (run \(first) stays in the history)" : " (runs \(runs.map(String.init).joined(separator: ", ")) stay in the history)"
  }
}
