import Experiments
import Foundation
import RunHistory
import SourceText
import Training

/// The session's side of the history: opened at its first use, so that a calculation at the prompt costs no database, and what this session's
/// runs were called.
final class SessionRecord: RunLookup {
  /// A run of this session.
  struct Entry {
    let id: Int64
    let name: String
  }

  private let databasePath: String?
  private var opened: RunHistory?
  /// Where the session goes on, as its own history could be written no longer.
  private var rescue: String?
  private(set) var entries: [Entry] = []
  /// The run whose state is the live one: nil before the first, and after `reset`.
  var live: Entry?

  /// Told what the user should know of the file once it is open.
  var announce: ((Diagnostic) -> Void)?

  init(databasePath: String?) { self.databasePath = databasePath }

  /// The history of the user; opened once.
  func history() throws(Diagnostic) -> RunHistory {
    if let opened { return opened }
    do throws(HistoryError) {
      let history = try RunHistory(at: try HistoryLocation.resolve(option: databasePath))
      opened = history
      if history.isReadOnly {
        announce?(Diagnostic(.note, "the history `\(history.location)` may only be read: nothing is recorded", at: nil))
      }
      if let copy = history.keptCopy {
        announce?(
          Diagnostic(.warning, "the history was written by an older Siam, and is brought up to date; a copy as it was is kept: `\(copy)`", at: nil))
      }
      return history
    } catch {
      throw error.diagnostic()
    }
  }

  /// The history if there is one: to look at it makes none.
  var existing: RunHistory? {
    if let opened { return opened }
    guard case .file(let path)? = try? HistoryLocation.resolve(option: databasePath), FileManager.default.fileExists(atPath: path) else { return nil }
    return try? history()
  }

  /// Begins a run. Where the history can be written no longer, it goes on in a copy: a night's script shall not end because a disk is full.
  func begin(_ description: RunDescription) throws(HistoryError) -> (run: Int64, history: RunHistory) {
    guard let history = opened else { throw .noHome }
    do throws(HistoryError) {
      return (try history.begin(description), history)
    } catch {
      // Another program's lock goes away by itself.
      if case .locked = error { throw error }
      // There was never anything of this session in it.
      if history.isReadOnly { throw error }
      guard let path = RescueFolder.save(history), let copy = try? RunHistory(at: .file(path)) else { throw error }
      let run = try copy.begin(description)
      (opened, rescue) = (copy, path)
      announce?(
        Diagnostic(
          .warning, "\(error.message); this session is recorded in a copy from here on: `\(path)`", at: nil))
      return (run, copy)
    }
  }

  /// At the session's end: writes what has not been written yet, and where that fails, everything to a file of its own.
  ///
  /// - Returns: what to tell the user where the record is not where it should be.
  func conclude() -> Diagnostic? {
    guard let opened else { return nil }
    do throws(HistoryError) {
      try opened.flush()
      guard let rescue else { return nil }
      return Diagnostic("what this session recorded is not in its history, but in `\(rescue)`", at: nil, hint: Self.rescueHint(rescue))
    } catch {
      guard let path = opened.newestCopy ?? RescueFolder.save(opened) else {
        return Diagnostic(
          "\(error.message); what it lacks of this session's runs is lost, as no other place took it either", at: nil,
          hint: "`history save \"other.sqlite\"` at the end of a script, on another disk, keeps it")
      }
      return Diagnostic("\(error.message); all runs, with what it lacks, are in `\(path)`", at: nil, hint: Self.rescueHint(path))
    }
  }

  private static func rescueHint(_ path: String) -> String { "`siam --db \(path)` opens it, `siam import \(path)` brings its runs home" }

  /// For the greeting: `~/.local/share/siam/history.sqlite (41 runs)`.
  var summary: String {
    do throws(HistoryError) {
      let location = try HistoryLocation.resolve(option: databasePath)
      guard case .file(let path) = location else { return "in memory" }
      let shown = Self.shown(path)
      guard FileManager.default.fileExists(atPath: path) else { return "\(shown) (new)" }
      guard let history = try? history(), let count = try? history.runCount() else { return "\(shown) (cannot be read)" }
      return "\(shown) (\(count.counted("run")))"
    } catch {
      return error.message
    }
  }

  /// The file that holds this session's runs, without their number.
  var place: String {
    if let rescue { return Self.shown(rescue) }
    guard case .file(let path)? = try? HistoryLocation.resolve(option: databasePath) else { return "in memory" }
    return Self.shown(path)
  }

  /// `~/.local/share/…`
  private static func shown(_ path: String) -> String {
    path.hasPrefix(HomeFolder.path() + "/") ? "~" + path.dropFirst(HomeFolder.path().count) : path
  }

  func add(_ id: Int64, name: String) {
    let entry = Entry(id: id, name: name)
    entries.append(entry)
    live = entry
  }

  /// A run that another process of this session has made: it can be named here, and is not the live one.
  func adopt(_ id: Int64, name: String) { entries.append(Entry(id: id, name: name)) }

  // MARK: RunLookup

  func run(named name: String) -> (any RunFacts)? {
    guard let history = try? history() else { return nil }
    if name.isEmpty { return entries.last.map { RecordedRun(id: $0.id, history: history) } }
    guard let id = try? number(ofRunNamed: name, in: history) else { return nil }
    return run(numbered: id)
  }

  func run(numbered number: Int64) -> (any RunFacts)? {
    guard let history = try? history() else { return nil }
    guard entries.contains(where: { $0.id == number }) || (try? history.record(of: number)) != nil else { return nil }
    return RecordedRun(id: number, history: history)
  }

  /// The one run that a text names: the session's latest of that name, else the history's, else the run of that number, which may not be there. nil
  /// where the text is no number either.
  func number(ofRunNamed name: String, in history: RunHistory) throws(HistoryError) -> Int64? {
    if let entry = entries.last(where: { $0.name == name }) { return entry.id }
    return try history.latestRun(named: name) ?? Int64(name)
  }

  /// Those of this session, in the order in which they were made.
  var runs: [SessionRun] { entries.map { SessionRun(id: $0.id, name: $0.name) } }

  var runNames: [String] {
    var seen: Set<String> = []
    return entries.map(\.name).filter { seen.insert($0).inserted }
  }

  func runNumbers(named name: String) -> [Int64] { entries.filter { $0.name == name }.map(\.id) }

  var metricNames: [String] {
    guard let last = entries.last, let opened, let names = try? opened.metrics(of: last.id) else {
      return ["loss", "std", "mo", "mr", "mr_mean", "cov", "rank", "top1"]
    }
    return names
  }
}

/// One run as the history has it.
final class RecordedRun: RunFacts {
  let id: Int64
  private let history: RunHistory

  init(id: Int64, history: RunHistory) {
    self.id = id
    self.history = history
  }

  func fact(_ name: String) -> Value? {
    try? history.flush()
    switch try? history.value(id, name) {
    case .number(let number): return .number(number)
    case .text(let text): return .text(text)
    case .flag(let flag): return .flag(flag)
    case nil: return nil
    }
  }

  /// What the history's own `max(top1)` is; nil where the run has no value of the metric.
  func value(_ metric: String, _ reduction: SeriesReduction) -> Double? {
    try? history.flush()
    return (try? history.value(id, metric: metric, reduction)).flatMap { $0 }
  }

  func series(_ metric: String) -> [Double] {
    try? history.flush()
    return (try? history.series(id, metric: metric))?.map(\.value) ?? []
  }

  /// A metric step by step.
  func points(_ metric: String) -> [(x: Double, y: Double)] {
    try? history.flush()
    return ((try? history.series(id, metric: metric)) ?? []).map { (Double($0.step), $0.value) }
  }

  var factNames: [String] {
    let recorded = (try? history.metrics(of: id)) ?? []
    // Those of Siam's that this run did not record are missing, not unknown.
    let metrics = recorded + (["loss", "top1"] + MetricName.allCases.map(\.rawValue)).filter { !recorded.contains($0) }
    return metrics + ["verdict", "collapsed", "diverged", "state", "name", "steps", "seed"] + SettingsRecord.names
  }
}
