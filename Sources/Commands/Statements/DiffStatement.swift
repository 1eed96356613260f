import RunHistory
import SourceText
import Syntax

/// `diff 41 42`, `diff "SimSiam" "triplet"`
enum DiffStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "diff", signature: "diff RUN RUN",
    summary: "only what differs between two runs: settings, the losses part by part, and the first step where their series part",
    examples: ["diff 1 2"],
    arguments: [[.runs], [.runs], []])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let (left, leftSite) = try session.run(&arguments)
    let (right, rightSite) = try session.run(&arguments)
    try arguments.end()
    let history = try session.history(at: statement.span)
    for (run, site) in [(left, leftSite), (right, rightSite)] {
      _ = try session.recording(at: site) { () throws(HistoryError) in try history.record(of: run) }
    }
    let sections = try session.recording(at: statement.span) { () throws(HistoryError) in try history.difference(between: left, and: right) }
    let isEmptyText = sections.isEmpty && session.options.format != .json
    session.output.answer(isEmptyText ? .text("no difference") : .sections(sections, session.options.format))
  }
}
