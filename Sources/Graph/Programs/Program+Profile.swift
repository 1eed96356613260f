extension Program {
  /// One run with every operation timed: by primitive, the slowest first. `flops` and `bytes` are as in `OperationCost`.
  public func profile(
    _ context: RunContext = RunContext()
  ) -> [(primitive: String, seconds: Double, calls: Int, flops: Int, bytes: Int)] {
    var rows: [String: (seconds: Double, calls: Int, flops: Int, bytes: Int)] = [:]
    let clock = ContinuousClock()
    for (cost, kernel) in zip(plan.costs, kernels) {
      let duration = clock.measure { kernel(context) }
      let row = rows[cost.name] ?? (0, 0, 0, 0)
      rows[cost.name] = (row.seconds + duration / .seconds(1), row.calls + 1, row.flops + cost.flops, row.bytes + cost.bytes)
    }
    return rows.map { ($0.key, $0.value.seconds, $0.value.calls, $0.value.flops, $0.value.bytes) }.sorted { $0.1 > $1.1 }
  }
}
