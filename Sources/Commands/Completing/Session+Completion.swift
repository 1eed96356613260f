import Experiments
import Foundation
import RunHistory
import SourceText
import Syntax

extension Session {
  /// What can be completed right now.
  public var vocabulary: Vocabulary {
    var vocabulary = Vocabulary(
      names: formulaNames, metrics: record.metricNames, settings: SettingsRecord.names, runNames: record.runNames, topics: HelpIndex.names)
    vocabulary.columnValues = Dictionary(uniqueKeysWithValues: HistoryVocabulary.columns.map { ($0.name, HistoryVocabulary.values(of: $0.name)) })
    for name in HistoryVocabulary.names { vocabulary.columnValues[name] = HistoryVocabulary.values(of: name) }
    vocabulary.connectives = HistoryVocabulary.connectives.map(\.name)
    let recorded = record.existing
    let known = ((try? recorded?.queryNames()) ?? nil) ?? []
    let words = HistoryVocabulary.columns.map(\.name) + HistoryVocabulary.flags.map(\.name) + HistoryVocabulary.names + known
    vocabulary.columns = words + HistoryVocabulary.functions.map { $0.name + "(" } + ["not"]
    vocabulary.runs = runs(of: recorded)
    vocabulary.branches = branches.all.map(\.name)
    vocabulary.forgottenRuns = runs(of: recorded, areForgotten: true)
    vocabulary.runNames += vocabulary.runs.map(\.name).filter { !$0.isEmpty && !vocabulary.runNames.contains($0) }
    vocabulary.views = ((try? recorded?.views()) ?? nil)?.map { .init($0.name, columns: $0.columns) } ?? []
    return vocabulary
  }

  private var formulaNames: [Vocabulary.Name] {
    let definitions = experiment.definitions
    let quantities = BuiltInName.names + MetricName.allCases.map(\.rawValue) + RecordedFact.allCases.map(\.rawValue)
    return quantities.map { Vocabulary.Name($0, .quantity) } + definitions.formulas.keys.sorted().map { .init($0, .formula) }
      + definitions.constants.keys.sorted().map { .init($0, .value) } + FormulaFunction.names.map { .init($0, .function) }
      + experiment.moduleNames.map { .init($0, .module) }
  }

  /// A session's list is read at every Tab: the newest are the ones that are meant.
  private func runs(of history: RunHistory?, areForgotten: Bool = false) -> [Vocabulary.Run] {
    let runs = ((try? history?.newestRuns(200, areForgotten: areForgotten)) ?? nil) ?? []
    return runs.map { .init($0.id, name: $0.name ?? "") }
  }
}

extension Session: CompletionAdvisor {
  public func names(fittingAfter beginning: String) -> [String]? {
    experiment.names(fittingAfter: beginning)?.map { fitting in
      switch fitting.form {
      case .bare: fitting.name
      case .called: fitting.name + "("
      case .transposed: fitting.name + "'"
      }
    }
  }

  /// Settings as the record has them, and what the run's `val`s and `let`s named.
  public func changeableNames(ofRun run: String) -> [String] {
    guard let history = record.existing,
      let id = Int64(run) ?? record.entries.last(where: { $0.name == run })?.id ?? ((try? history.latestRun(named: run)) ?? nil),
      let recorded = try? history.record(of: id), let file = Optional(SourceFile(name: "<completion>", text: "\(id)")),
      let plan = try? RerunPlan(recorded, history, at: SourceSpan(file, 0..<0))
    else { return [] }
    return plan.changeableNames
  }
}
