import Foundation
import RunHistory

// What a session can say of itself to whoever hands its results on.
extension Session {
  /// Everything about those of its runs that its history has.
  public func reports(of runs: [SessionRun]) -> [RunReport] {
    guard !runs.isEmpty, let history = try? record.history() else { return [] }
    try? history.flush()
    return runs.compactMap { try? history.report(run: $0.id) }
  }

  /// The runs that it has made so far.
  public var runs: [SessionRun] { record.runs }

  /// Where its runs are recorded: `~/.local/share/siam/history.sqlite`.
  public var historyPlace: String { record.place }

  /// The program, its libraries and the machine: names and values.
  public static var environment: [(name: String, value: String)] {
    let environment = RunRecorder.environment()
    let openBLAS = [environment.openBLAS, environment.openBLASKernel].compactMap { $0 }.joined(separator: " ")
    return [
      ("Siam", SiamVersion.text), ("commit", SiamVersion.commit), ("Swift", environment.swift), ("OpenBLAS", openBLAS),
      ("SQLite", RunHistory.libraryVersion), ("threads", environment.threads.map(String.init)), ("processor", environment.cpu),
      ("system", environment.system)
    ].compactMap { name, value in value.map { (name, $0) } }
  }
}
