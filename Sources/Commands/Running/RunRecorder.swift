import Experiments
import Foundation
import Kernels
import RunHistory
import SourceText
import Syntax
import Training

/// Writes one training run into the history while it runs.
final class RunRecorder {
  let id: Int64
  private let history: RunHistory

  /// - throws: a diagnostic where the history cannot be written at all: then nothing has been trained yet.
  init(_ session: Session, _ origin: RunOrigin, prepared: PreparedTraining) throws(Diagnostic) {
    // Not before the history is known to be one.
    _ = try session.record.history()
    let description = try Self.description(session, origin, prepared: prepared)
    do throws(HistoryError) {
      (id, history) = try session.record.begin(description)
    } catch {
      throw error.diagnostic(at: origin.statement.span)
    }
    session.record.add(id, name: origin.name)
  }

  func record(_ step: StepRecord) { history.record(id, step: step.step, step.values.map { ($0.name, $0.value) }) }
  func record(_ epoch: EpochRecord) { history.record(id, step: epoch.step, epoch.measured.map { ($0.name, $0.value) }) }

  /// - returns: what to tell the user when the record could not be written to its end; the training itself is not lost by it.
  func finish(_ outcome: TrainingOutcome, _ stop: StopWatch.Stop? = nil) -> Diagnostic? {
    let state: RunState =
      switch outcome.state {
      case .finished, .stopped: .finished
      case .interrupted: .interrupted
      case .diverged: .diverged
      }
    do throws(HistoryError) {
      try history.finish(
        id, state: state, steps: outcome.stepsDone, verdict: Self.verdict(outcome.verdict),
        settings: (outcome.isEpochOpen ? [(RunRecord.openEpoch, .flag(true))] : []) + Self.settings(stop))
      return history.takeFailure().map(Self.diagnostic)
    } catch {
      return Self.diagnostic(error)
    }
  }

  /// Why it ended before its time, and the condition: `history where stopped == "collapse"`.
  private static func settings(_ stop: StopWatch.Stop?) -> [(name: String, value: SettingValue)] {
    guard let stop else { return [] }
    return [("stopped", .text(stop.reason)), ("stopped_by", .text(stop.rule.condition.expression.source))]
  }

  private static func diagnostic(_ error: HistoryError) -> Diagnostic {
    Diagnostic(error.message, at: nil, hint: "the run is kept in memory, and tried again; `history save \"other.sqlite\"` writes all runs elsewhere")
  }

  private static func verdict(_ verdict: Verdict) -> RunVerdict {
    var evidence: [(name: String, value: Double)] = []
    for space in verdict.spaces {
      let suffix = space.name == "Z" ? "" : "(\(space.name))"
      evidence += [
        ("std\(suffix)", space.std), ("mo\(suffix)", space.mo), ("mr\(suffix)", space.mr), ("mr_mean\(suffix)", space.mrMean)
      ]
    }
    if let rank = verdict.rank { evidence.append(("rank", rank)) }
    evidence += [("threshold.full", verdict.thresholds.full), ("threshold.partial", verdict.thresholds.partial)]
    return RunVerdict(
      word: verdict.word.rawValue, sentence: verdict.sentence, statistics: verdict.statistics, stillFalling: verdict.stillFalling,
      evidence: evidence)
  }

  private static func description(
    _ session: Session, _ origin: RunOrigin, prepared: PreparedTraining
  ) throws(Diagnostic) -> RunDescription {
    let experiment = session.experiment
    var description = RunDescription(name: origin.name.isEmpty ? nil : origin.name)
    description.continues = origin.continues
    description.rerunOf = origin.rerunOf
    let statement = origin.statement
    let file = statement.span.file
    if !file.name.hasPrefix("<") {
      description.script = session.absolutePath(file.name)
      description.line = statement.span.line
    }
    description.seed = experiment.seed
    description.settings = SettingsRecord.rows(experiment)
    description.settings.append(("planned_steps", .number(Double(prepared.job.plan.remainingSteps))))
    description.settings += values(experiment, besides: Set(description.settings.map(\.name)))
    if origin.isResumed { description.settings.append(("resumed", .flag(true))) }
    description.formulas = try formulas(experiment)
    description.statements = session.transcript.statements + [statement.source]
    description.environment = environment()
    description.environment.dataset = experiment.dataset?.summary
    description.environment.datasetHash = experiment.dataset.map { "\($0.contentHash)" }
    description.metrics = metrics(experiment, prepared)
    return description
  }

  /// What `val` or a loop named, numbers and texts: a sweep is asked for by them as by any setting.
  private static func values(_ experiment: Experiment, besides taken: Set<String>) -> [(name: String, value: SettingValue)] {
    experiment.definitions.constants.values.sorted { $0.name < $1.name }.compactMap { constant in
      guard !taken.contains(constant.name) else { return nil }
      return switch constant.value {
      case .number(let number): (constant.name, .number(number))
      case .text(let text): (constant.name, .text(text))
      case .flag(let flag): (constant.name, .flag(flag))
      default: nil
      }
    }
  }

  private static func formulas(_ experiment: Experiment) throws(Diagnostic) -> [FormulaRecord] {
    let definitions = experiment.definitions
    guard let loss = definitions.loss else { return [] }
    var expanded: [Expression] = []
    for expression in loss.expressions { expanded.append(try definitions.expanded(expression)) }
    let prefix = loss.mode == .symmetric ? "" : "\(loss.mode.rawValue) "
    var records = [
      FormulaRecord(
        typed: loss.source, expanded: prefix + expanded.map(\.source).joined(separator: ", "), trees: loss.expressions + expanded)
    ]
    for formula in definitions.formulas.values.sorted(by: { $0.name < $1.name }) {
      let whole = try definitions.expanded(formula.expression)
      records.append(
        FormulaRecord(name: formula.name, typed: formula.expression.source, expanded: whole.source, trees: [formula.expression, whole]))
    }
    return records
  }

  /// What each recorded metric is, for whoever reads the numbers later.
  private static func metrics(_ experiment: Experiment, _ prepared: PreparedTraining) -> [MetricDefinition] {
    var metrics = [
      MetricDefinition(name: "loss", formula: experiment.definitions.loss?.source ?? "", statistics: "training", cadence: "step")
    ]
    for name in prepared.job.programs.flatMap({ $0.metrics.map(\.name) }) where !metrics.contains(where: { $0.name == name }) {
      guard let summary = summary(of: name) else { continue }
      metrics.append(MetricDefinition(name: name, formula: summary, statistics: "training", cadence: "step"))
    }
    metrics.append(MetricDefinition(name: "rank", formula: MetricName.rank.summary, statistics: "training", cadence: "epoch"))
    if experiment.settings.isProbeOn {
      metrics.append(
        MetricDefinition(
          name: "top1", formula: "online linear probe on the features, % of the test set (A.1)", statistics: "evaluation", cadence: "epoch"))
    }
    return metrics
      + experiment.definitions.tracks.map { track in
        let isOfSplit = track.sample.map { if case .batches = $0.kind { false } else { true } } ?? false
        return MetricDefinition(
          name: track.name, formula: track.expression.source, statistics: isOfSplit ? "evaluation" : "training", cadence: track.cadence.rawValue)
      }
  }

  /// Of `mr_p` that of `mr`, told of P.
  private static func summary(of name: String) -> String? {
    if let metric = MetricName(rawValue: name) { return metric.summary }
    guard name.hasSuffix("_p"), let metric = MetricName(rawValue: String(name.dropLast(2))) else { return nil }
    return "of the predictions P: " + metric.summary
  }

  /// Where this process runs.
  static func environment() -> RunEnvironment {
    var environment = RunEnvironment()
    environment.siam = SiamVersion.text
    environment.gitCommit = SiamVersion.commit
    environment.swift = SiamVersion.swift
    let blas = OpenBLAS.summary.split(separator: " ")
    environment.openBLAS = blas.dropLast().joined(separator: " ")
    environment.openBLASKernel = blas.last.map(String.init)
    environment.threads = ThreadPool.shared.threadCount
    environment.cpu = SystemFacts.processor
    environment.system = ProcessInfo.processInfo.operatingSystemVersionString
    return environment
  }
}

/// What the machine says of itself.
enum SystemFacts {
  /// The processor's name, as `/proc/cpuinfo` has it.
  static let processor: String? = {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
  }()
}
