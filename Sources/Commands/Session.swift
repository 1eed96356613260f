import Experiments
import Foundation
import Kernels
import RunHistory
import SourceText
import Syntax
import Tables
import Training

/// One user's session: the live experiment, the record, and the statements that act on them.
///
/// `run` parses a text and executes it statement by statement; whatever goes wrong is reported through `output` and told by the end that is returned.
public final class Session {
  /// Set by Ctrl-C, polled at step boundaries and between statements.
  public static let interruption = StopSignal()

  public let options: SessionOptions
  let journal: SessionJournal
  var output: any SessionOutput { journal }
  private(set) var experiment: Experiment
  let record: SessionRecord
  /// The overrides of `--set` that no `val` has met yet.
  var overrides: [String: String]
  /// The check in progress; nil while statements are run.
  var checking: Checking?
  var isChecking: Bool { checking != nil }
  /// When a run in progress is checkpointed.
  var checkpointRule = CheckpointRule.standard
  /// The statements of a run's record are being repeated: what they said then is not said again, and what the command line set does not count.
  private(set) var isReplaying = false
  /// Statements of this session are being repeated, to see where they lead: trainings make no runs.
  var isReproducing = false
  /// What the command line has put in place of a script's own words.
  var replacedText = ReplacedText()
  /// The file that an `include` has read, and those that this one included in turn.
  var includedFiles: [SourceSpan: [SourceFile]] = [:]
  /// Which point of its parallel loops is to be run, and no other; nil: all, in processes of their own.
  var chosenPoint: ChosenPoint?
  /// What `watch plot` draws while runs train.
  var watchedPlot: PlotStatement?
  /// Files being run, included or checked, outermost first: a file that does so with itself is caught.
  var includes: [String] = []
  /// The statements that made the live state, as the record keeps them: a `reset` takes the trainings before it out.
  private(set) var transcript = Transcript()
  /// The states before the latest statements that changed the live one.
  private(set) var undoStack = UndoStack()
  var branches = Branches()
  /// Whether what Ctrl-C ended has said so itself.
  var hasToldInterruption = false
  /// Whether something that the record keeps looks at `ans` whenever it is used.
  var dependsOnAnswer = false
  /// Warnings already given, so that a loop does not repeat them.
  private var given: Set<Diagnostic> = []

  public init(options: SessionOptions, output: any SessionOutput) {
    OpenBLAS.prepare()
    self.options = options
    journal = SessionJournal(output)
    record = SessionRecord(databasePath: options.databasePath)
    experiment = Self.experiment(record)
    overrides = options.settings
    record.announce = { [journal] in journal.diagnostic($0) }
    keepsTraces = options.isInteractive
    if let problem = ThreadCount.ofEnvironment.problem { output.diagnostic(Diagnostic(.warning, problem)) }
    if let profile = options.profileOverride.flatMap(Profile.init(rawValue:)) {
      experiment.set { $0.use(profile) }
      transcript.append("use \(profile.rawValue)")
    }
  }

  private static func experiment(_ record: SessionRecord) -> Experiment {
    let experiment = Experiment()
    experiment.runs = record
    experiment.stop = interruption
    return experiment
  }

  /// Runs a text to its end, or to its first error.
  public func run(_ file: SourceFile, mode: Parser.Mode) -> SessionEnd {
    let end = ending { () throws(StatementFailure) in
      if let problem = overrideProblem { throw .wrong(problem) }
      if mode == .script { includes.append(absolutePath(file.name)) }
      if let checking, checking.purpose != .benchmark { return try checkAll(of: file) }
      let statements = try StatementFailure.wrap { () throws(Diagnostic) in
        try Parser.statements(of: file, mode: mode, isKnownName: isKnownName)
      }
      // From here on, as it will be asked for at the end.
      if statements.withNested.contains(where: { $0.keyword.name == SaveStatement.declaration.keyword }) { keepsTraces = true }
      if !isChecking, let problem = options.permissions.problem(in: statements) { throw .wrong(problem) }
      // Where one point alone is asked for, what stands behind the last loop is nobody's.
      for statement in chosenPoint == nil ? statements : statements.throughLastParallelLoop {
        if Self.interruption.isRequested { throw .interrupted }
        journal.begin(statement, runCount: record.entries.count, undoMark: undoStack.mark)
        try execute(statement)
        journal.finish(.completed, runs: record.runs, undoMark: undoStack.mark)
      }
      // Too late for the last statement to notice: a script that was told to stop still says so.
      if Self.interruption.isRequested { throw .interrupted }
      warnOfUnusedOverrides()
    }
    // That of the statement which ended the text.
    journal.finish(end, runs: record.runs, undoMark: undoStack.mark)
    return end
  }

  /// The statements that were run so far, outermost ones, with what they said; empty unless `keepsTraces`.
  public var traces: [StatementTrace] { journal.traces }

  /// Whether what statements say is kept. A conversation is, as it may be saved.
  public var keepsTraces: Bool {
    get { journal.isKept }
    set { journal.isKept = newValue }
  }

  /// Runs the statements that a prompt begins with. They are part of the session's record as if they had been typed.
  public func runStartup(_ file: SourceFile) -> SessionEnd {
    let end = run(file, mode: .script)
    includes = []
    return end
  }

  /// Ends the session's record, once nothing more is run.
  ///
  /// - Returns: how the session ends: `failed` where what it recorded is not in its history.
  public func conclude(after end: SessionEnd) -> SessionEnd {
    guard let problem = record.conclude() else { return end }
    output.diagnostic(problem)
    return end == .completed || end == .quit ? .failed : end
  }

  /// How `body` ends; what is wrong is reported.
  func ending(_ body: () throws(StatementFailure) -> Void) -> SessionEnd {
    hasToldInterruption = false
    do throws(StatementFailure) {
      try body()
      return .completed
    } catch {
      return report(error)
    }
  }

  func execute(_ statements: [Statement]) throws(StatementFailure) {
    for statement in statements {
      if Self.interruption.isRequested { throw .interrupted }
      try execute(statement)
    }
  }

  private func execute(_ statement: Statement) throws(StatementFailure) {
    guard let command = StatementTable.command(for: statement) else {
      throw .wrong(Diagnostic("there is no statement `\(statement.keyword.name)`", at: statement.keyword.span))
    }
    checking?.note(Permissions.needed(by: [statement]))
    let runs = record.entries.count
    let mark = undoStack.mark
    let before = isReplaying ? nil : UndoStack.Entry(state: state, statement: statement)
    if let before, command.changesLiveState { undoStack.push(before) }
    if !isChecking, command.isRecorded || command.recordsItself { transcribeAnswer(usedBy: statement) }
    do throws(StatementFailure) {
      if isChecking { try command.check(statement, in: self) } else { try command.run(statement, in: self) }
    } catch {
      // An interrupted `train` has changed the model all the same, once it has begun.
      let hasBegun = record.entries.count > runs
      if case .interrupted = error, command.isRecorded, hasBegun { transcript.append(statement.source) }
      // What was refused has changed nothing: `train fresh` has reset the model before it finds what is wrong. Unless it is made of others.
      if command.changesLiveState, !hasBegun, let before {
        _ = undoStack.pop()
        restore(before.state)
      } else {
        closeUndo(command, before, since: mark, runs)
      }
      throw error
    }
    if command.isRecorded, !isChecking { transcript.append(statement.source) }
    closeUndo(command, before, since: mark, runs)
  }

  /// Lets `undo` take the statement back whole, and tell which runs it made.
  private func closeUndo(_ command: any StatementCommand.Type, _ before: UndoStack.Entry?, since mark: Int, _ runs: Int) {
    guard var before else { return }
    before.runs = record.entries.dropFirst(runs).map(\.id)
    if command.changesLiveState { undoStack.note(runs: before.runs) } else { undoStack.join(since: mark, as: before) }
  }

  /// Takes back the last statement that changed the live state; nil where there is none.
  func undo() -> UndoStack.Entry? {
    guard let entry = undoStack.pop() else { return nil }
    restore(entry.state)
    return entry
  }

  func restore(_ state: SessionState) {
    experiment = state.experiment
    experiment.restore(state.snapshot)
    (transcript, record.live) = (state.transcript, state.live)
    (checkpointRule, overrides) = (state.checkpointRule, state.overrides)
  }

  /// Names win over shortened keywords at the prompt: `mo` prints the metric, it does not begin a module.
  func isKnownName(_ name: String) -> Bool {
    BuiltInName(name) != nil || MetricName(rawValue: name) != nil || FormulaFunction.named(name) != nil
      || experiment.definitions.names.contains(name) || experiment.definitions.moduleNames.contains(name)
  }

  /// `--profile` must name a profile that there is.
  private var overrideProblem: Diagnostic? {
    guard let name = options.profileOverride, Profile(rawValue: name) == nil else { return nil }
    let names = Profile.allCases.map(\.rawValue)
    return Diagnostic(
      "there is no profile `\(name)`", at: nil,
      hint: NearestNames.question(for: name, among: names) ?? "profiles are: \(names.joined(separator: ", "))")
  }

  /// A misspelt `--set` would else pass unnoticed. At the prompt its `val` may still come.
  func warnOfUnusedOverrides() {
    guard !options.isInteractive else { return }
    warn(
      overrides.sorted { $0.key < $1.key }.map { name, value in
        Diagnostic(
          .warning, "`--set \(name)=\(value.shortened)` had no effect: there is no `val \(name.shortened)`",
          hints: [NearestNames.question(for: name, among: experiment.definitions.constants.keys)].compactMap { $0 })
      })
  }

  @discardableResult
  func report(_ failure: StatementFailure) -> SessionEnd {
    switch failure {
    case .wrong(let diagnostic):
      output.diagnostic(diagnostic)
      return .usage
    case .failed(let diagnostic):
      output.diagnostic(diagnostic)
      return .failed
    case .interrupted:
      if !hasToldInterruption { output.note("interrupted") }
      return .interrupted
    case .quit: return .quit
    }
  }

  /// An echo of what a statement did. A check has done nothing.
  func note(_ text: String) {
    if !isChecking && !isReplaying { output.note(text) }
  }

  /// Adds a statement that another one stands for: what a loop binds, an overridden `val`.
  func transcribe(_ statement: String) { transcript.append(statement) }

  /// Takes a record's statements, which have been repeated, for this session's own: as they were written then, those too that were left out.
  func transcribe(all statements: [String]) { transcript = Transcript(statements) }

  /// New weights and streams: what was trained before is no part of what comes.
  func reset() {
    experiment.reset()
    record.live = nil
    forgetTraining()
  }

  /// Takes out of the transcript how the live state came about, as it is another one now.
  func forgetTraining() { transcript = Transcript(preparation) }

  /// The statements that set the experiment up, without what made the live state.
  var preparation: [String] {
    transcript.statements.filter { text in !["reset", "train", "load"].contains { text == $0 || text.hasPrefix($0 + " ") } }
  }

  /// Repeats statements of a record: nothing is said again, and what the command line set does not count.
  func repeating<Result>(_ body: () throws(StatementFailure) -> Result) throws(StatementFailure) -> Result {
    let before = overrides
    (isReplaying, overrides) = (true, [:])
    defer { (isReplaying, overrides) = (false, before) }
    return try body()
  }

  /// Makes another experiment the live one, if `body` succeeds in it: a new one, which repeats the statements of a record. Otherwise everything
  /// stays as it was.
  func replacingExperiment<Result>(_ body: () throws(StatementFailure) -> Result) throws(StatementFailure) -> Result {
    let before = state
    (experiment, transcript, record.live) = (Self.experiment(record), Transcript(), nil)
    do throws(StatementFailure) {
      return try repeating(body)
    } catch {
      restore(before)
      throw error
    }
  }

  /// Does something in a new experiment, after which everything is as it was.
  func besideExperiment(_ body: () throws(StatementFailure) -> Void) throws(StatementFailure) {
    let before = state
    try replacingExperiment(body)
    restore(before)
  }

  /// What `use quick` means.
  var profileOverride: String? { isReplaying ? nil : options.profileOverride }

  /// Gives each warning once.
  func warn(_ warnings: [Diagnostic]) {
    if isReplaying { return }
    for warning in warnings where given.insert(warning).inserted { output.diagnostic(warning) }
  }

  /// The greeting's facts: `OpenBLAS 0.3.21 Haswell, 2 threads · history: ~/… (41 runs)`.
  public var greeting: String {
    let threads = ThreadPool.shared.threadCount
    return "\(OpenBLAS.summary), \(threads.counted("thread")) · history: \(record.summary)"
  }

  public static var declarations: [StatementDeclaration] { StatementTable.commands.map { $0.declaration } }
}
