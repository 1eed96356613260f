import Foundation
import GRDB

extension RunHistory {
  /// Begins a run and answers with its number.
  public func begin(_ description: RunDescription) throws(HistoryError) -> Int64 {
    let insertion = RunInsertion(description)
    let run = try write { try insertion.write(to: $0) }
    recorder.begin(run, insertion)
    return run
  }

  /// Records what was measured at a step (counted as the trainer counts). NaN and ±∞ are kept. Returns at once; failures are
  /// kept for `takeFailure` and `finish`. A second value for one metric and step replaces the first.
  public func record(_ run: Int64, step: Int, _ values: [(metric: String, value: Double)]) {
    recorder.add(values.map { SeriesWriter.Point(run: run, metric: $0.metric, step: step, value: $0.value) })
  }

  /// Ends a run: writes everything recorded, its state, and the verdict on it.
  ///
  /// - parameter steps: the steps done, where that is more than the steps recorded.
  /// - parameter settings: what is known only now.
  /// - throws: when the file cannot be written. Nothing is lost as long as the history stays open: every later write tries again.
  public func finish(
    _ run: Int64, state: RunState, steps: Int? = nil, verdict: RunVerdict? = nil, settings: [(name: String, value: SettingValue)] = []
  ) throws(HistoryError) {
    try recorder.end(Recorder.Ending(run: run, state: state, ended: Date(), steps: steps, verdict: verdict, settings: settings))
  }

  /// Why what was recorded does not reach the file: once for each time that writing begins to fail, else nil. Training need not
  /// stop for it.
  public func takeFailure() -> HistoryError? { recorder.takeFailure() }
}
