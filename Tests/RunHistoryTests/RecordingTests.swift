import Foundation
import RunHistory
import Testing

@Suite("Recording a run")
struct RecordingTests {
  let place: TemporaryHistory
  let history: RunHistory

  init() throws {
    place = try TemporaryHistory()
    history = try place.open()
  }

  @Test func everyValueComesBack() throws {
    let values = [0.5, .nan, .infinity, -.infinity, -0.62, 1e-300, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 3, .pi]
    let run = try history.add("a", series: ["loss": values])
    let series = try history.series(run, metric: "loss")
    #expect(series.map(\.step) == Array(1...values.count))
    #expect(series.map(\.value.bitPattern) == values.map(\.bitPattern))
    #expect(try place.shell("SELECT kind FROM metric_series ORDER BY step LIMIT 4") == ["number", "nan", "inf", "-inf"])
    #expect(try place.open().series(run, metric: "loss").map(\.value.bitPattern) == values.map(\.bitPattern))
  }

  @Test(
    "summaries are what SQL makes of the rows",
    arguments: [
      [1.5, -2, 7, 7, -2, 0.25], [3], [.nan], [.nan, 2, .nan], [.infinity, 1, -.infinity, .nan], [.infinity, .infinity],
      (0..<500).map { sin(Double($0)) }
    ])
  func summaries(values: [Double]) throws {
    try history.add("a", series: ["m": values])
    let kept = try place.shell(
      """
      SELECT count, first_value, last_value, min_value, max_value, round(mean_value, 12), first_step, last_step, min_step,
        max_step,
        nan_count, infinite_count FROM metric_summary
      """)
    let computed = try place.shell(
      """
      SELECT count(*), (SELECT value FROM metric_series ORDER BY step LIMIT 1),
        (SELECT value FROM metric_series ORDER BY step DESC LIMIT 1),
        min(value), max(value), round(avg(CASE WHEN abs(value) < 9e999 THEN value END), 12), min(step), max(step),
        (SELECT step FROM metric_series WHERE value IS NOT NULL ORDER BY value, step LIMIT 1),
        (SELECT step FROM metric_series WHERE value IS NOT NULL ORDER BY value DESC, step LIMIT 1),
        sum(kind = 'nan'), sum(kind IN ('inf', '-inf')) FROM metric_series
      """)
    #expect(kept == computed)
  }

  @Test func aStepRecordedTwiceCountsOnce() throws {
    let run = try history.begin(RunDescription(name: "a"))
    history.record(run, step: 1, [(metric: "loss", value: 9), (metric: "top1", value: 1)])
    history.record(run, step: 1, [(metric: "loss", value: 2)])
    try history.flush()
    history.record(run, step: 2, [(metric: "loss", value: 4)])
    history.record(run, step: 2, [(metric: "loss", value: 3)])
    try history.finish(run, state: .finished)
    #expect(try place.shell("SELECT step, value FROM metric_series WHERE metric = 'loss'") == ["1|2.0", "2|3.0"])
    #expect(
      try place.shell("SELECT count, max_value, max_step, mean_value FROM metric_summary WHERE metric = 'loss'") == [
        "2|3.0|2|2.5"
      ])
    #expect(try place.shell("SELECT steps FROM run_list") == ["2"])
  }

  @Test func aSummaryGoesOnInAnotherProcess() throws {
    let run = try history.begin(RunDescription(name: "a"))
    history.record(run, step: 1, [(metric: "mr", value: 0.1)])
    try history.flush()
    let other = try place.open()
    other.record(run, step: 2, [(metric: "mr", value: 0.3)])
    try other.finish(run, state: .finished)
    #expect(try place.shell("SELECT count, mean_value, steps FROM metric_summary JOIN run_list USING (run_id)") == ["2|0.2|2"])
  }

  @Test func everythingThatWasAsked() throws {
    var description = RunDescription(name: "triplet, without re")
    description.continues = try history.add("before")
    description.script = "table3.siam"
    description.line = 12
    description.seed = 3
    description.settings = [
      ("lr", .number(0.5)), ("encoder", .text("convnet width=16")), ("nesterov", .flag(true)), ("odd", .number(.nan))
    ]
    description.formulas = [FormulaRecord(typed: "-Za . sg(Zb + oe)", expanded: "-Za . sg(Zb + center(-Zn))", trees: [])]
    description.statements = ["use quick", "train"]
    description.metrics = [MetricDefinition(name: "mr", formula: "norm(residual(Za))", statistics: "training", cadence: "step")]
    description.environment.siam = "0.1"
    description.environment.threads = 2
    description.environment.datasetHash = "abc"
    let run = try history.begin(description)
    let verdict = RunVerdict(
      word: "no", sentence: "no collapse", evidence: [(name: "mr", value: 0.99), (name: "rank", value: .nan)])
    try history.finish(run, state: .finished, steps: 190, verdict: verdict)

    #expect(
      try place.shell(
        "SELECT name, state, verdict, loss, steps, continues, script, line, seed FROM run_list WHERE run_id = \(run)")
        == ["triplet, without re|finished|no|-Za . sg(Zb + oe)|190|1|table3.siam|12|3"])
    #expect(
      try place.shell("SELECT setting, value, type FROM run_settings ORDER BY setting")
        == ["encoder|convnet width=16|text", "lr|0.5|number", "nesterov|1|flag", "odd|nan|text"])
    #expect(
      try place.shell("SELECT formula, typed, expanded FROM run_formulas") == [
        "loss|-Za . sg(Zb + oe)|-Za . sg(Zb + center(-Zn))"
      ])
    #expect(try place.shell("SELECT position, text FROM run_statements") == ["1|use quick", "2|train"])
    #expect(
      try place.shell("SELECT metric, formula, statistics, cadence FROM metric_formula") == [
        "mr|norm(residual(Za))|training|step"
      ])
    #expect(try place.shell("SELECT siam, threads, dataset_hash FROM run_environments WHERE run_id = \(run)") == ["0.1|2|abc"])
    #expect(
      try place.shell("SELECT verdict, sentence, statistics, still_falling FROM run_verdicts") == ["no|no collapse|training|0"])
    #expect(try place.shell("SELECT evidence, value FROM run_evidence") == ["mr|0.99", "rank|"])
  }

  @Test func whatCannotBeWrittenIsKeptAndReportedOnce() throws {
    let impatient = try place.open(lockTimeout: 0.01)
    let run = try impatient.begin(RunDescription(name: "a"))
    let lock = try SQLiteLock(place.path)
    impatient.record(run, step: 1, [(metric: "loss", value: 1)])
    #expect(throws: HistoryError.locked(place.path)) { try impatient.flush() }
    impatient.record(run, step: 2, [(metric: "loss", value: 2)])
    #expect(throws: HistoryError.locked(place.path)) { try impatient.flush() }
    #expect(impatient.takeFailure() == .locked(place.path))
    #expect(impatient.takeFailure() == nil)
    #expect(throws: HistoryError.locked(place.path)) { try impatient.finish(run, state: .finished) }
    // Meanwhile everything can be had elsewhere.
    let other = place.folder.appendingPathComponent("other.sqlite").path
    try impatient.save(to: other)
    let saved = try RunHistory(at: .file(other))
    #expect(try saved.runs().map(\.state) == [.finished])
    #expect(try !saved.metrics(of: run).isEmpty)
    #expect(throws: HistoryError.exists(other)) { try impatient.save(to: other) }
    lock.release()
    try impatient.flush()
    #expect(try place.shell("SELECT step, value FROM metric_series") == ["1|1.0", "2|2.0"])
    #expect(try place.shell("SELECT state FROM run_list") == ["finished"])
    #expect(impatient.takeFailure() == nil)
  }

  @Test func readingSeesWhatIsStillBuffered() throws {
    let run = try history.begin(RunDescription(name: "a"))
    history.record(run, step: 1, [(metric: "mr", value: 0.5)])
    #expect(try history.value(run, "mr") == .number(0.5))
    #expect(try history.runs(where: "mr = 0.5 and running") == "\(run)")
  }

  @Test func aHistoryInMemory() throws {
    let memory = try RunHistory(at: .memory)
    let run = try memory.add("a", series: ["mr": [1, 0.5]])
    #expect(try memory.series(run, metric: "mr").map(\.value) == [1, 0.5])
    #expect(try memory.sql("SELECT name, min_value FROM metric_summary").rows == [[.text("a"), .number(0.5)]])
  }
}
