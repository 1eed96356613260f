/// The metrics of the latest steps.
struct RecentMetrics {
  private var steps: [[MetricValue]] = []

  /// Forgets what lies more than `count` steps back, now and then.
  mutating func add(_ values: [MetricValue], keeping count: Int) {
    steps.append(values)
    if steps.count >= 2 * max(1, count) { steps.removeFirst(steps.count - max(1, count)) }
  }

  /// The median of a metric over the last `count` steps that have it; NaN when one of them is NaN, nil when there are none.
  func median(_ name: String, of count: Int) -> Double? {
    // Steps that lack it (those of the other loss of two that alternate) are passed over.
    let values = steps.reversed().lazy.compactMap { $0[name] }.prefix(count).sorted { $0 < $1 }
    guard !values.isEmpty else { return nil }
    if values.contains(where: \.isNaN) { return .nan }
    let middle = values.count / 2
    return values.count.isMultiple(of: 2) ? (values[middle - 1] + values[middle]) / 2 : values[middle]
  }
}
