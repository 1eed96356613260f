import Graph
import Kernels
import Networks
import Tensors

/// `evaluate linear`: how well a linear classifier reads the classes off frozen features.
///
/// Cross-entropy, SGD with momentum and a cosine schedule, from zero weights, on features standardised by the training split (which
/// changes how fast it trains and not which classifiers there are). The problem is convex; the answer depends on (features,
/// settings, seed) alone.
public struct LinearProbe: Hashable, Sendable {
  public var epochs: Int
  public var batch: Int
  /// A.1's rate for the linear classifier.
  public var rate: Double
  public var optimizer: SGD
  /// Of the order of the images.
  public var seed: UInt64

  /// Percentages.
  public struct Result: Hashable, Sendable {
    public let trainTop1: Double
    public let testTop1: Double
  }

  public init(
    epochs: Int = 100, batch: Int = 256, rate: Double = 0.1, optimizer: SGD = SGD(momentum: 0.9, decay: 0), seed: UInt64 = 0
  ) {
    self.epochs = epochs
    self.batch = batch
    self.rate = rate
    self.optimizer = optimizer
    self.seed = seed
  }

  /// - Precondition: both tables have one width.
  /// - Parameter stop: ends it early; the result then has no meaning.
  public func evaluate(train: FeatureTable, test: FeatureTable, classes: Int, stop: StopSignal? = nil) throws(ProgramError) -> Result {
    guard train.count > 0, classes > 0 else { return Result(trainTop1: .nan, testTop1: .nan) }
    let scaling = Standardization(of: train)
    let train = scaling.apply(to: train)
    let classifier = try LinearClassifier(width: train.width, classes: classes, batch: max(1, min(batch, train.count)))
    fit(classifier, train, stop)
    return Result(
      trainTop1: classifier.accuracy(on: train), testTop1: classifier.accuracy(on: scaling.apply(to: test)))
  }

  /// An epoch drops the last partial batch of its own order, so that over the epochs all images count alike.
  private func fit(_ classifier: LinearClassifier, _ train: FeatureTable, _ stop: StopSignal?) {
    let order = RandomStream(seed: seed, name: "linear probe")
    let stepsPerEpoch = train.count / classifier.batch
    let total = epochs * stepsPerEpoch
    let schedule = Schedule.cosine(warmupEpochs: 0)
    for epoch in 0..<max(0, epochs) {
      let rows = order.permutation(train.count, step: UInt64(epoch))
      for step in 0..<stepsPerEpoch {
        if stop?.isRequested == true { return }
        classifier.fill(train, rows: rows[step * classifier.batch..<(step + 1) * classifier.batch])
        let rate = schedule.rate(
          base: rate, step: epoch * stepsPerEpoch + step, of: total, stepsPerEpoch: stepsPerEpoch)
        classifier.step(optimizer, rate: rate)
      }
    }
  }
}
