import RunHistory
import SourceText
import Syntax

/// `untag 41 table3`, `untag 41..43 "SimSiam" table3`
enum UntagStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "untag", signature: "untag [RUN …] TAG", summary: "take a tag off runs, by number, range or name; off the latest one by default",
    examples: ["tag 1 table3; untag 1 table3"], arguments: [[.runs]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let runs = try session.runs(&arguments, leaving: 1)
    let (tag, site) = try arguments.text("tag")
    try arguments.end()
    let history = try session.history(at: statement.span)
    var tagged: [NamedRun] = []
    for run in runs where try session.recording(at: run.site, { () throws(HistoryError) in try history.untag(run.id, tag) }) { tagged.append(run) }
    guard !tagged.isEmpty else {
      throw .wrong(Diagnostic("\(runs.text): no tag `\(tag.shortened)`", at: site, hint: "`history 41` shows the tags of run 41"))
    }
    session.note("\(tagged.text) · no longer tagged `\(tag)`")
  }
}
