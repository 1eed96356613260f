import RunHistory
import SourceText
import Syntax
import Tables

/// `verify 42`: promise 3 of the history.
enum VerifyStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "verify", signature: "verify RUN",
    summary: "train a run again from its record alone, and compare every value bit for bit; fails where one differs", examples: ["verify 1"],
    arguments: [[.runs], []])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let (id, site) = try session.run(&arguments)
    try arguments.end()
    let history = try session.history(at: statement.span)
    let record = try session.recording(at: site) { () throws(HistoryError) in try history.record(of: id) }
    if record.state == .running {
      throw .wrong(Diagnostic("run \(id) is still running: only what has ended can be verified", at: site))
    }
    var verification = try session.recording(at: site) { () throws(HistoryError) in try RunVerification(record, history) }
    guard verification.valueCount > 0 else { throw .wrong(Diagnostic("run \(id) recorded no value that could be compared", at: site)) }
    let replay = try RunReplay(record, history, at: site, fromCheckpoint: false)
    do throws(StatementFailure) {
      try session.besideExperiment { () throws(StatementFailure) in
        let prepared = try replay.prepare(in: session)
        try replay.train(prepared, in: session) { verification.add($0) }
      }
    } catch {
      if case .interrupted = error {
        session.note("verify was interrupted: whether run \(id) is reproduced is not known")
        session.hasToldInterruption = true
      }
      throw error
    }
    if let difference = verification.firstDifference { throw .failed(diagnostic(difference, record, at: site)) }
    session.output.result(
      "run \(id) is reproduced: \(verification.metricCount.counted("metric")), \(verification.valueCount.counted("value")), equal bit for bit")
  }

  private static func diagnostic(_ difference: RunVerification.Difference, _ run: RunRecord, at site: SourceSpan) -> Diagnostic {
    func text(_ value: Double?) -> String { value.map { $0.isNaN ? "nan" : "\($0)" } ?? "not there" }
    let place = RunReplay.otherPlace(run).map { "it was made with \($0)" }
    return Diagnostic(
      "run \(run.id) is not reproduced: `\(difference.metric)` at step \(difference.step) was \(text(difference.recorded)), and is "
        + "\(text(difference.replayed)) now", at: site, hint: place ?? "`history \(run.id)` shows the version and machine that it was made with")
  }
}
