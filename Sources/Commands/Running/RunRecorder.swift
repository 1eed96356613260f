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
  init(_ session: Session, name: String, statement: Statement, prepared: PreparedTraining) throws(Diagnostic) {
    history = try session.record.history()
    let description = try Self.description(session, name: name, statement: statement, prepared: prepared)
    do throws(HistoryError) {
      id = try history.begin(description)
    } catch {
      throw error.diagnostic(at: statement.span)
    }
    session.record.add(id, name: name)
  }

  func record(_ step: StepRecord) { history.record(id, step: step.step, step.values.map { ($0.name, $0.value) }) }
  func record(_ epoch: EpochRecord) { history.record(id, step: epoch.step, epoch.measured.map { ($0.name, $0.value) }) }

  /// - returns: what to tell the user when the record could not be written to its end; the training itself is not lost by it.
  func finish(_ outcome: TrainingOutcome) -> Diagnostic? {
    let state: RunState =
      switch outcome.state {
      case .finished, .stopped: .finished
      case .interrupted: .interrupted
      case .diverged: .diverged
      }
    do throws(HistoryError) {
      try history.finish(id, state: state, steps: outcome.stepsDone, verdict: Self.verdict(outcome.verdict))
      return history.takeFailure()?.diagnostic()
    } catch {
      return error.diagnostic()
    }
  }

  private static func verdict(_ verdict: Verdict) -> RunVerdict {
    var evidence: [(name: String, value: Double)] = []
    for space in verdict.spaces {
      let suffix = space.name == "Z" ? "" : "(\(space.name))"
      evidence += [("std\(suffix)", space.std), ("mo\(suffix)", space.mo), ("mr\(suffix)", space.mr)]
    }
    if let rank = verdict.rank { evidence.append(("rank", rank)) }
    evidence += [("threshold.full", verdict.thresholds.full), ("threshold.partial", verdict.thresholds.partial)]
    return RunVerdict(
      word: verdict.word.rawValue, sentence: verdict.sentence, statistics: verdict.statistics, stillFalling: verdict.stillFalling,
      evidence: evidence)
  }

  private static func description(
    _ session: Session, name: String, statement: Statement, prepared: PreparedTraining
  ) throws(Diagnostic) -> RunDescription {
    let experiment = session.experiment
    var description = RunDescription(name: name.isEmpty ? nil : name)
    description.continues = prepared.isContinuation ? session.record.entries.last?.id : nil
    if let file = session.currentFile, !file.name.hasPrefix("<") {
      description.script = session.canonicalPath(file.name)
      description.line = statement.span.line
    }
    description.seed = experiment.seed
    description.settings = SettingsRecord.rows(experiment)
    description.settings.append(("steps", .number(Double(prepared.job.plan.totalSteps))))
    description.formulas = try formulas(experiment)
    description.statements = session.transcript + [statement.source]
    description.environment = environment(experiment)
    description.metrics = metrics(experiment)
    return description
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

  private static func metrics(_ experiment: Experiment) -> [MetricDefinition] {
    let loss = experiment.definitions.loss?.source ?? ""
    var metrics = [MetricDefinition(name: "loss", formula: loss, statistics: "training", cadence: "step")]
    metrics += MetricName.allCases.map {
      MetricDefinition(name: $0.rawValue, formula: $0.summary, statistics: "training", cadence: $0 == .rank ? "epoch" : "step")
    }
    metrics.append(
      MetricDefinition(
        name: "top1", formula: "online linear probe on the features, % of the test set (A.1)", statistics: "evaluation", cadence: "epoch"))
    metrics += experiment.definitions.tracks.map {
      MetricDefinition(name: $0.name, formula: $0.expression.source, statistics: "training", cadence: $0.cadence.rawValue)
    }
    return metrics
  }

  private static func environment(_ experiment: Experiment) -> RunEnvironment {
    var environment = RunEnvironment()
    environment.siam = SiamVersion.text
    environment.swift = SiamVersion.swift
    let blas = OpenBLAS.summary.split(separator: " ")
    environment.openBLAS = blas.dropLast().joined(separator: " ")
    environment.openBLASKernel = blas.last.map(String.init)
    environment.threads = ThreadPool.shared.threadCount
    environment.cpu = SystemFacts.processor
    environment.system = ProcessInfo.processInfo.operatingSystemVersionString
    environment.dataset = experiment.dataset?.summary
    environment.datasetHash = experiment.dataset.map { "\($0.contentHash)" }
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
