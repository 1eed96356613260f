import Checkpoints
import Experiments
import RunHistory
import SourceText
import Syntax
import Training

/// Makes the beginning of a recorded run again: its settings, and its latest checkpoint, or the latest of the runs that it continues. What was
/// trained behind that, or without one from the start, is trained again.
final class RunReplay {
  private let target: RunRecord
  private let site: SourceSpan
  private let statements: [Statement]
  private let usesCheckpoints: Bool
  /// For the place of every `train` among the statements the runs that it made: the latest, then those that it resumed.
  private var runs: [Int: [RunRecord]] = [:]
  private var checkpoint: (place: Int, run: RunRecord, file: RunRecord.Artifact)?
  /// The `train` of the run itself.
  let training: Statement

  /// - Parameter fromCheckpoint: false: nothing is taken from any run's checkpoint, and everything is trained again.
  init(_ target: RunRecord, _ history: RunHistory, at site: SourceSpan, fromCheckpoint: Bool = true) throws(StatementFailure) {
    self.target = target
    self.site = site
    usesCheckpoints = fromCheckpoint
    let file = SourceFile(name: "<run \(target.id)>", text: target.statements.joined(separator: "\n"))
    statements = try StatementFailure.wrap { () throws(Diagnostic) in try Parser.statements(of: file, mode: .script) }
    guard let last = statements.last, last.isTraining else {
      throw .wrong(Diagnostic("run \(target.id) cannot be made again: its record holds no statements", at: site))
    }
    training = last
    // A record that came with an import may be anybody's: it makes a run, and does nothing else.
    if let foreign = statements.first(where: { !$0.isRecorded }) {
      throw .wrong(
        Diagnostic(
          "run \(target.id) cannot be made again: its record holds `\(foreign.source.shortened)`, which makes no run", at: site,
          hint: "`history \(target.id)` shows its statements"))
    }
    try findRuns(history)
  }

  /// Where the run goes on, for people.
  var start: String {
    guard let checkpoint else { return "no checkpoint, from the start" }
    let owner = checkpoint.run.id == target.id ? "" : " of run \(checkpoint.run.id)"
    return "from the checkpoint\(owner) at step \(checkpoint.file.step ?? 0)"
  }

  /// What computes otherwise here than where the run was made; nil where one result can be expected.
  static func otherPlace(_ run: RunRecord) -> String? {
    let here = RunRecorder.environment()
    if let threads = run.threads, let now = here.threads, threads != now { return "\(threads.counted("thread")), and here are \(now)" }
    if let kernel = run.openBLASKernel, let now = here.openBLASKernel, kernel != now { return "OpenBLAS for \(kernel), and here is \(now)" }
    return nil
  }

  /// Walks back through the runs of one live model, up to the latest checkpoint.
  private func findRuns(_ history: RunHistory) throws(StatementFailure) {
    var run: RunRecord? = target
    for place in statements.indices.reversed() where statements[place].isTraining {
      guard var current = run else {
        throw .wrong(Diagnostic("run \(target.id) cannot be made again: a run that it continues is not in the history", at: site))
      }
      var group = [current]
      while current.isResumed, let earlier = try record(current.continues, history) {
        group.append(earlier)
        current = earlier
      }
      runs[place] = group
      for run in group where usesCheckpoints {
        guard let file = run.checkpoint else { continue }
        checkpoint = (place, run, file)
        return
      }
      run = try record(current.continues, history)
    }
  }

  private func record(_ id: Int64?, _ history: RunHistory) throws(StatementFailure) -> RunRecord? {
    guard let id else { return nil }
    do throws(HistoryError) {
      return try history.record(of: id)
    } catch .noSuchRun {
      return nil
    } catch {
      throw .wrong(error.diagnostic(at: site))
    }
  }

  /// The runs that the run goes on from, oldest first.
  var predecessors: [RunRecord] { runs.keys.sorted().dropLast().compactMap { runs[$0]?.first } }

  /// The statements with each training done at once that was interrupted and gone on with: a bare `train` behind an interrupted run did what was left.
  var wholeStatements: [Statement] {
    var whole: [Statement] = []
    for (place, statement) in statements.enumerated() {
      if statement.isRemainder, whole.last?.isTraining == true, let before = statements[..<place].lastIndex(where: \.isTraining),
        runs[before]?.first?.state == .interrupted
      {
        continue
      }
      whole.append(statement)
    }
    return whole
  }

  /// Repeats the statements in the session's experiment, which is a new one, and answers with what is left to train.
  func prepare(in session: Session) throws(StatementFailure) -> PreparedTraining {
    let loaded = try checkpoint.map { found throws(StatementFailure) in try load(found.run, found.file, in: session) }
    for (place, statement) in statements.enumerated() {
      if let checkpoint, let loaded, place < checkpoint.place, statement.isTraining || statement.isLoading {
        if statement.isLoading { restoreMissingValues(of: loaded, in: session) }
        continue
      }
      guard statement.isTraining else {
        try session.execute([statement])
        continue
      }
      let isHere = checkpoint?.place == place
      guard let prepared = try prepared(statement, from: isHere ? loaded : nil, in: session) else { continue }
      if place == statements.count - 1 {
        try compare(session)
        session.transcribe(all: target.statements.dropLast())
        return try checked(prepared)
      }
      try train(prepared, place, in: session)
    }
    throw .wrong(Diagnostic("run \(target.id) cannot be made again: its record holds no training", at: site))
  }

  private func load(
    _ run: RunRecord, _ file: RunRecord.Artifact, in session: Session
  ) throws(StatementFailure) -> LoadedCheckpoint {
    let loaded: LoadedCheckpoint
    do throws(CheckpointError) {
      loaded = try LoadedCheckpoint(contentsOf: file.path)
    } catch {
      if case .missing = error {
        throw .wrong(
          Diagnostic(
            "the checkpoint of run \(run.id) at step \(file.step ?? 0) has gone: \(error.message)", at: site,
            hint: "`history \(run.id)` shows the statements that train it anew"))
      }
      throw .wrong(Diagnostic("the checkpoint of run \(run.id) cannot be used: \(error.message)", at: site))
    }
    guard file.hash.map({ $0 == loaded.hash }) ?? true else {
      throw .wrong(Diagnostic("`\(file.path)` has changed since run \(run.id) wrote it, so it is not resumed from", at: site))
    }
    return loaded
  }

  /// What a file that is not loaded again brought with it may be named further on; the checkpoint has it too.
  private func restoreMissingValues(of loaded: LoadedCheckpoint, in session: Session) {
    let names = session.experiment.definitions.names
    session.experiment.restoreValues(of: loaded) { !names.contains($0) }
  }

  /// The state comes back before anything is made of it: the batches are drawn with its seed, and statements that were left out may have changed that
  /// of the settings.
  private func prepared(
    _ statement: Statement, from loaded: LoadedCheckpoint?, in session: Session
  ) throws(StatementFailure) -> PreparedTraining? {
    guard let loaded else { return try TrainStatement.prepared(statement, in: session) }
    session.experiment.restoreValues(of: loaded)
    let prepared = try TrainStatement.prepared(statement, in: session) { () throws(StatementFailure) in
      try StatementFailure.wrap { () throws(Diagnostic) in try session.experiment.restore(loaded, called: loaded.path, at: site) }
    }
    guard let prepared else { return nil }
    guard prepared.job.source.seed == loaded.state.seed else {
      throw .wrong(
        Diagnostic(
          "run \(target.id) cannot be made again: its seed was \(loaded.state.seed), and comes to \(prepared.job.source.seed) now", at: site))
    }
    // A checkpoint without a plan was made when its run had ended.
    let total = prepared.job.plan.totalSteps
    return prepared.continued(
      after: loaded.state.plan?.doneSteps ?? total, of: loaded.state.plan?.totalSteps ?? total,
      isEpochOpen: loaded.state.plan?.isEpochOpen == true)
  }

  /// Trains what `prepare` answered with as far as the run itself went, without a record of its own.
  func train(
    _ prepared: PreparedTraining, in session: Session, observing observe: (TrainingEvent) -> Void
  ) throws(StatementFailure) {
    try train(prepared, statements.count - 1, in: session, observing: observe)
  }

  /// Trains as far as a run of the record went, without a record of its own.
  private func train(
    _ prepared: PreparedTraining, _ place: Int, in session: Session, observing observe: (TrainingEvent) -> Void = { _ in }
  ) throws(StatementFailure) {
    let plan = prepared.job.plan
    let end = runs[place]?.first.map { $0.lastStep(of: plan) } ?? plan.totalSteps
    var prepared = prepared
    if runs[place]?.first?.isEpochOpen == true { prepared.leaveOpen(after: end) }
    let stop = StopSignal()
    if plan.doneSteps >= end { stop.request() }
    var meter = ProgressMeter(plan: plan)
    _ = try StatementFailure.wrap { () throws(Diagnostic) in
      try session.experiment.run(prepared, stop: stop) { event in
        if case .step(let step) = event, step.planStep >= end || Session.interruption.isRequested { stop.request() }
        observe(event)
        session.output.progress(meter.progress(after: event))
      }
    }
    session.output.progress(nil)
    if Session.interruption.isRequested { throw .interrupted }
  }

  /// The settings that the statements came to must be those of the record: a script, a folder or a version may have changed since.
  private func compare(_ session: Session) throws(StatementFailure) {
    for (name, value) in SettingsRecord.rows(session.experiment) {
      guard let recorded = target.settings[name], recorded != value else { continue }
      throw .wrong(Diagnostic("run \(target.id) cannot be made again: `\(name)` was \(recorded.text), and comes to \(value.text) now", at: site))
    }
    let dataset = session.experiment.dataset
    if let recorded = target.datasetHash, let dataset, recorded != "\(dataset.contentHash)" {
      throw .wrong(
        Diagnostic(
          "run \(target.id) was trained on other images: \(target.dataset ?? "unknown") then, \(dataset.summary) now", at: site,
          hint: "`history \(target.id)` shows where they were read from"))
    }
  }

  private func checked(_ prepared: PreparedTraining) throws(StatementFailure) -> PreparedTraining {
    guard prepared.job.plan.isUnfinished else {
      throw .wrong(
        Diagnostic(
          "run \(target.id) has done all of its steps: there is nothing to resume", at: site,
          hint: checkpoint.map { "`load \"\($0.file.path)\"` brings its state back" }))
    }
    return prepared
  }
}

extension Statement {
  var isTraining: Bool { if case .train = kind { true } else { false } }
  /// Whether a record holds such statements.
  fileprivate var isRecorded: Bool {
    guard let command = StatementTable.command(for: self) else { return false }
    // Alone it keeps a checkpoint now; the rule is what makes a run.
    if keyword.name == CheckpointStatement.declaration.keyword, case .command(let words) = kind, words.isEmpty { return false }
    return command.isRecorded || command.recordsItself
  }
  /// A `train` that says neither how long nor from the start.
  fileprivate var isRemainder: Bool { if case .train(false, nil, _, _) = kind { true } else { false } }
  fileprivate var isLoading: Bool { keyword.name == LoadStatement.declaration.keyword }
}

extension RunRecord {
  /// The setting of a run whose last epoch Ctrl-C left unmeasured.
  static let openEpoch = "open_epoch"

  fileprivate var isResumed: Bool { settings["resumed"] == .flag(true) }
  fileprivate var isEpochOpen: Bool { settings[Self.openEpoch] == .flag(true) }

  /// The step of its plan at which it ended: `planned_steps` were left when it began.
  fileprivate func lastStep(of plan: TrainingPlan) -> Int {
    guard state != .finished, state != .diverged, case .number(let number)? = settings["planned_steps"],
      let planned = Int(exactly: number), (0...plan.totalSteps).contains(planned), (0...planned).contains(steps)
    else { return plan.totalSteps }
    return plan.totalSteps - planned + steps
  }
}
