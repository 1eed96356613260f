import Kernels
import Tables
import Training

extension BenchmarkReport {
  /// One object on one line. Times are in milliseconds, memory in bytes, speeds in GFLOP a second, shares of the median step.
  var json: String {
    Self.object([
      ("step_ms", ms(step.median)), ("min_ms", ms(shortest)), ("max_ms", ms(longest)), ("mean_ms", ms(step.mean)),
      ("steps", "\(step.stepSeconds.count)"),
      ("warmup_steps", "\(step.warmUp)"), ("images_per_s", NumberText.json(benchmark.imagesPerSecond)),
      ("gflop_step", NumberText.json(step.flops / 1e9)), ("gflops", NumberText.json(benchmark.flopsPerSecond / 1e9)),
      ("sgemm_gflops", NumberText.json(benchmark.productFlopsPerSecond / 1e9)), ("sgemm_share", NumberText.json(productShare)),
      ("peak_bytes", "\(step.peakBytes)"), ("arena_bytes", "\(step.arenaBytes)"), ("wait_ms", ms(step.wait.seconds)),
      ("metrics_ms", ms(step.metricSeconds)), ("metrics_share", NumberText.json(share(step.metricSeconds))),
      ("rank_ms", step.rankSeconds.map(ms) ?? "null"), ("threads", "\(benchmark.threads)"), ("batch", "\(benchmark.batch)"),
      ("views", "\(benchmark.views)"), ("parameters", "\(benchmark.parameters)"), ("model", JSONText.string(benchmark.model)),
      ("data", JSONText.string(benchmark.data)), ("openblas", JSONText.string(OpenBLAS.summary)),
      ("primitives", Self.array(step.primitives.map(primitive))), ("outside", Self.array(outside.map { Self.object(fields($0)) }))
    ])
  }

  private func primitive(_ part: StepBenchmark.Part) -> String {
    Self.object(
      fields(part) + [
        ("calls", NumberText.json(part.calls)), ("gflops", NumberText.json(rate(part) / 1e9)), ("flops", NumberText.json(part.flops)),
        ("bytes", NumberText.json(part.bytes))
      ])
  }

  private func fields(_ part: StepBenchmark.Part) -> [(String, String)] {
    [("name", JSONText.string(part.name)), ("ms", ms(part.seconds)), ("share", NumberText.json(share(part.seconds)))]
  }

  private func ms(_ seconds: Double) -> String { NumberText.json(1e3 * seconds) }

  private static func object(_ fields: [(name: String, value: String)]) -> String {
    "{" + fields.map { "\(JSONText.string($0.name)):\($0.value)" }.joined(separator: ",") + "}"
  }

  private static func array(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }
}
