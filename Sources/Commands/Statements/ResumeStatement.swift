import Experiments
import RunHistory
import SourceText
import Syntax

/// `resume 42`, `resume "triplet"`
enum ResumeStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "resume", signature: "resume RUN",
    summary: "do what an interrupted or killed run left, from its latest checkpoint, as a new run that continues it",
    examples: ["if run(\"a\").state == \"interrupted\" { resume \"a\" }"],
    arguments: [[.runs], []])

  /// The record of what it makes is that of the run resumed, not this.
  static let isRecorded = false
  static let changesLiveState = true

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let (id, site) = try session.run(&arguments)
    try arguments.end()
    let history = try session.history(at: statement.span)
    let record = try session.recording(at: site) { () throws(HistoryError) in try history.record(of: id) }
    if let reason = reason(against: record) { throw .wrong(Diagnostic(reason.message, at: site, hint: reason.hint)) }
    let replay = try RunReplay(record, history, at: site)
    let prepared = try session.replacingExperiment { () throws(StatementFailure) in try replay.prepare(in: session) }
    if let place = RunReplay.otherPlace(record) {
      session.warn([
        Diagnostic(.warning, "run \(id) was made with \(place): what follows is not bit for bit what it would have been", at: site)
      ])
    }
    let plan = prepared.job.plan
    session.note(
      "run \(id)\(record.name.map { " \"\($0)\"" } ?? ""): \(replay.start), \(plan.remainingSteps) of \(plan.totalSteps) steps are left")
    let origin = RunOrigin(name: record.name ?? "", continues: id, isResumed: true, statement: replay.training)
    let training = try RunTraining(prepared, origin, in: session)
    session.transcribe(replay.training.source)
    try training.run()
  }

  /// Which run is meant is known when the script runs.
  static func check(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    if let run = arguments.next() { try session.checkIsMadeHere(run) }
  }

  private static func reason(against run: RunRecord) -> (message: String, hint: String)? {
    switch run.state {
    case .running: ("run \(run.id) is still running", "stop it where it runs, then resume it")
    case .finished:
      ("run \(run.id) is finished: there is nothing to resume", run.checkpoint.map { "`load \"\($0.path)\"` brings its state back" } ?? trainHint)
    case .diverged: ("run \(run.id) diverged: there is nothing to resume", trainHint)
    case .interrupted, .failed, .dead: nil
    }
  }

  private static let trainHint = "`train` trains on from the live model"
}

extension Session {
  /// The run that a number or a name names: of several of one name this session's latest, else the history's.
  func run(_ arguments: inout StatementArguments) throws(StatementFailure) -> (id: Int64, site: SourceSpan) {
    if case .value? = arguments.rest.first?.kind {
      let site = arguments.rest[0].span
      return (Int64(try arguments.integer("run number", in: 1...(1 << 53))), site)
    }
    let (name, site) = try arguments.text("run")
    let history = try history(at: site)
    if let id = try recording(at: site, { () throws(HistoryError) in try record.number(ofRunNamed: name, in: history) }) { return (id, site) }
    throw .wrong(
      Diagnostic(
        "there is no run called `\(name.shortened)`", at: site,
        hint: NearestNames.question(for: name, among: record.runNames) ?? "`history` lists the newest runs"))
  }
}
