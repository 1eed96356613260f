extension Program {
  /// One run with every operation timed: by primitive, the slowest first. `bytes` are those read and written.
  public func profile(
    _ context: RunContext = RunContext()
  ) -> [(primitive: String, seconds: Double, calls: Int, bytes: Int)] {
    var rows: [String: (seconds: Double, calls: Int, bytes: Int)] = [:]
    let clock = ContinuousClock()
    for operation in operations {
      let duration = clock.measure { operation.kernel(context) }
      let row = rows[operation.name] ?? (0, 0, 0)
      rows[operation.name] = (row.seconds + duration / .seconds(1), row.calls + 1, row.bytes + operation.bytes)
    }
    return rows.map { ($0.key, $0.value.seconds, $0.value.calls, $0.value.bytes) }.sorted { $0.1 > $1.1 }
  }
}
