/// Means of metrics over an epoch, by name: the two programs of an alternating loss may record different ones.
struct RunningMeans {
  private var names: [String] = []
  private var sums: [String: (sum: Double, count: Int)] = [:]

  mutating func add(_ values: [MetricValue]) {
    for value in values {
      if sums[value.name] == nil { names.append(value.name) }
      let old = sums[value.name] ?? (0, 0)
      sums[value.name] = (old.sum + value.value, old.count + 1)
    }
  }

  /// The means so far, in order of first appearance; the next ones start anew.
  mutating func take() -> [MetricValue] {
    defer { self = RunningMeans() }
    return names.compactMap { name in sums[name].map { MetricValue(name, $0.sum / Double($0.count)) } }
  }
}
