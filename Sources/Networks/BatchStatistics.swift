import Graph

/// What one batch norm saw in one batch, and the running statistics that it goes into.
public struct BatchStatistics {
  /// The share of the new batch in a running statistic, as in PyTorch.
  public static let momentum = 0.1

  /// [C] each.
  public let runningMean: Variable
  public let runningVariance: Variable
  /// [2, C]: the batch's mean and biased variance.
  public let moments: Node
  /// How many numbers a channel's moments are of: M, or M·H·W.
  public let count: Int

  public init(runningMean: Variable, runningVariance: Variable, moments: Node, count: Int) {
    self.runningMean = runningMean
    self.runningVariance = runningVariance
    self.moments = moments
    self.count = count
  }

  /// The running statistics after this batch: r ← (1 - momentum)·r + momentum·m. The variance that enters is the unbiased one, as
  /// in PyTorch (of a single number, for which there is none, the biased: 0).
  func update(mean: Node, variance: Node) -> (mean: Node, variance: Node) {
    let unbiased = Double(count) / Double(max(1, count - 1))
    let keep = 1 - Self.momentum
    return (
      mean: keep * mean + Self.momentum * moments.row(0),
      variance: keep * variance + (Self.momentum * unbiased) * moments.row(1)
    )
  }
}

/// The new values of all running statistics after a step, for `Program`'s `updates`.
///
/// In order of application: a layer that met both views takes in one batch after the other, as a PyTorch module called twice does.
/// Applications with equal moments count once: `h(za)` and `freeze(h)(za)` in one loss are one look at one batch, although their
/// parameters enter with and without a stop-gradient.
public func runningUpdates(_ statistics: [BatchStatistics]) -> [(Variable, Node)] {
  var order: [Variable] = []
  var current: [ObjectIdentifier: Node] = [:]
  var seen: Set<Look> = []
  guard let graph = statistics.first?.moments.graph else { return [] }
  let plain = graph.withoutStopGradients(statistics.map(\.moments))
  for (entry, moments) in zip(statistics, plain) {
    guard seen.insert(Look(layer: ObjectIdentifier(entry.runningMean), moments: moments)).inserted else { continue }
    let meanKey = ObjectIdentifier(entry.runningMean)
    let varianceKey = ObjectIdentifier(entry.runningVariance)
    if current[meanKey] == nil { order += [entry.runningMean, entry.runningVariance] }
    let updated = entry.update(
      mean: current[meanKey] ?? graph.variable(entry.runningMean),
      variance: current[varianceKey] ?? graph.variable(entry.runningVariance))
    current[meanKey] = updated.mean
    current[varianceKey] = updated.variance
  }
  return order.compactMap { variable in current[ObjectIdentifier(variable)].map { (variable, $0) } }
}

/// One layer's look at one batch.
private struct Look: Hashable {
  let layer: ObjectIdentifier
  let moments: Node
}
