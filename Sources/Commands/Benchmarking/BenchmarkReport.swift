import Experiments
import Kernels
import Tables
import Training

/// What `siam bench` answers.
struct BenchmarkReport {
  let benchmark: ExperimentBenchmark
  var step: StepBenchmark { benchmark.step }

  init(_ benchmark: ExperimentBenchmark) { self.benchmark = benchmark }

  /// JSON is one object on one line; a table for programs or papers is that of the parts.
  func text(as format: TableFormat) -> String {
    switch format {
    case .json: json
    case .table: ([summary, ""] + [table.rendered(as: .table)]).joined(separator: "\n")
    case .csv, .markdown, .latex: table.rendered(as: format)
    }
  }

  private var summary: String {
    let threads = benchmark.threads
    return [
      benchmark.model,
      "\(benchmark.data); batch \(benchmark.batch), \(benchmark.views) views; \(benchmark.parameters) parameters; "
        + "\(threads.counted("thread")), \(OpenBLAS.summary)",
      "step     \(milliseconds(step.median)) (\(short(1e3 * shortest))–\(short(1e3 * longest)), \(step.stepSeconds.count) steps), "
        + "\(NumberText.short(benchmark.imagesPerSecond)) images/s",
      "compute  \(short(benchmark.flopsPerSecond / 1e9)) GFLOP/s of \(short(step.flops / 1e9)) GFLOP a step, \(percent(productShare)) of a large "
        + "sgemm's \(short(benchmark.productFlopsPerSecond / 1e9))",
      "memory   \(EstimateText.bytes(step.peakBytes)) at the peak, of them \(EstimateText.bytes(step.arenaBytes)) planned for the step's values",
      "data     \(milliseconds(step.wait.seconds)) waited a step (\(percent(share(step.wait.seconds))))",
      "metrics  \(milliseconds(step.metricSeconds)) a step (\(percent(share(step.metricSeconds))))"
        + (step.rankSeconds.map { "; the rank at an epoch's end \(milliseconds($0))" } ?? "")
    ].joined(separator: "\n")
  }

  /// A row for each primitive and for what is outside the program; the rows add up to the step.
  private var table: ResultTable {
    var table = ResultTable(columns: ["part", "ms", "%", "calls", "GFLOP/s", "MB"])
    table.rows = step.primitives.map { part in
      [
        .text(part.name), number(1e3 * part.seconds), number(100 * share(part.seconds)), number(part.calls),
        part.flops > 0 ? number(rate(part) / 1e9) : .missing, number(part.bytes / 1e6)
      ]
    }
    for part in outside { table.rows.append([.text(part.name), number(1e3 * part.seconds), number(100 * share(part.seconds))]) }
    table.rows.append([.text("step"), number(1e3 * step.median), .number(100)])
    return table
  }

  var outside: [StepBenchmark.Part] { [step.wait, step.update, step.rest] }
  var shortest: Double { step.stepSeconds.first ?? .nan }
  var longest: Double { step.stepSeconds.last ?? .nan }
  /// Of the speed of a large product.
  var productShare: Double { benchmark.flopsPerSecond / benchmark.productFlopsPerSecond }

  func share(_ seconds: Double) -> Double { seconds / step.median }
  func rate(_ part: StepBenchmark.Part) -> Double { part.seconds > 0 ? part.flops / part.seconds : 0 }

  /// Rounded to what a measurement is worth.
  private func number(_ value: Double) -> ResultTable.Cell { .number(Double(short(value)) ?? value) }
  private func milliseconds(_ seconds: Double) -> String { short(1e3 * seconds) + " ms" }
  private func percent(_ share: Double) -> String { short(100 * share) + " %" }

  /// Three digits, and no more than two after the point.
  private func short(_ value: Double) -> String {
    let digits = abs(value) >= 100 ? 1.0 : abs(value) >= 10 ? 10 : 100
    return NumberText.display((value * digits).rounded() / digits)
  }
}
