import RunHistory
import SourceText
import Syntax

/// `compare 41 42 43`
enum CompareStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "compare", signature: "compare RUN RUN …",
    summary: "runs side by side: what came out, the settings and formulas that are not the same in all, and the last value of every metric",
    examples: ["compare \"a\" \"b\" \"long\""], arguments: [[.runs]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    var runs: [Int64] = []
    repeat {
      let (run, site) = try session.run(&arguments)
      guard !runs.contains(run) else { throw .wrong(Diagnostic("run \(run) is given twice", at: site)) }
      let history = try session.history(at: site)
      _ = try session.recording(at: site) { () throws(HistoryError) in try history.record(of: run) }
      runs.append(run)
    } while !arguments.rest.isEmpty || runs.count < 2
    let history = try session.history(at: statement.span)
    let sections = try session.recording(at: statement.span) { () throws(HistoryError) in try history.comparison(of: runs) }
    session.output.answer(.sections(sections, session.options.format))
  }
}
