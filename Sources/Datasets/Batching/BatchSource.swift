import Kernels
import Synchronization

/// Batches of augmented views of a split, as a pure function of (seed, step): whatever was asked for before, by whichever thread.
///
/// An epoch is a permutation of the images, the last partial batch dropped. The order comes from the stream "order", a view from the
/// stream "augment" of (epoch, image, view), so that it does not depend on the size of the batch.
public final class BatchSource: Sendable {
  public let split: ImageSplit
  public var normalization: Normalization { scaling.value }
  private let scaling: Once<Normalization>
  /// Images in a batch.
  public let batch: Int
  /// Views of each image.
  public let views: Int
  public let augmentation: Augmentation
  public let seed: UInt64
  /// count / batch, rounded down.
  public let stepsPerEpoch: Int

  private let ordering: RandomStream
  private let augmenting: RandomStream
  /// The order of the epoch that was last asked for: drawing it takes as long as a batch.
  private let latestOrder = Mutex<(epoch: Int, order: [Int])?>(nil)

  /// The most views that can be asked for.
  public static let largestViews = 64

  /// - Throws: `outOfRange` when the split has fewer images than a batch, or a setting is outside its range.
  public init(
    split: ImageSplit, normalization: @autoclosure @escaping @Sendable () -> Normalization, batch: Int, views: Int, augmentation: Augmentation,
    seed: UInt64
  ) throws(DatasetError) {
    guard (1...max(1, split.count)).contains(batch), split.count > 0 else {
      let most = max(1, split.count)
      // `batch` takes no 1: one image has no center and no negatives.
      throw .outOfRange(
        option: "batch", value: Double(batch), allowed: Double(min(2, most))...Double(most),
        because: "there are \(split.count) training images")
    }
    guard (1...Self.largestViews).contains(views) else {
      throw .outOfRange(option: "views", value: Double(views), allowed: 1...Double(Self.largestViews), because: nil)
    }
    try augmentation.check()
    self.split = split
    scaling = Once(normalization)
    self.batch = batch
    self.views = views
    self.augmentation = augmentation
    self.seed = seed
    stepsPerEpoch = split.count / batch
    ordering = RandomStream(seed: seed, name: "order")
    augmenting = RandomStream(seed: seed, name: "augment")
  }

  public var shape: ImageShape { split.shape }

  /// Writes the batch of `step` (≥ 0, counted from the beginning of the run).
  ///
  /// - Parameters:
  ///   - images: one pointer a view, each receives [batch, channels, height, width], normalised.
  ///   - labels: receives [batch].
  ///   - indices: receives [batch], the images' numbers in the split.
  public func fill(
    step: Int, images: [UnsafeMutablePointer<Float>], labels: UnsafeMutablePointer<Int32>? = nil,
    indices: UnsafeMutablePointer<Int32>? = nil
  ) {
    let (epoch, position) = step.quotientAndRemainder(dividingBy: stepsPerEpoch)
    let order = order(of: epoch)
    let augmenter = ImageAugmenter(shape: shape)
    let normalization = normalization
    let stream = augmenting.substream(epoch)
    let known = split.labels
    split.pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      for row in 0..<batch {
        let image = order[position * batch + row]
        labels?[row] = known[image]
        indices?[row] = Int32(image)
        let imageStream = stream.substream(image)
        for (view, target) in images.enumerated() {
          let parameters = AugmentationParameters(drawing: augmentation, for: shape, from: imageStream.substream(view))
          let target = target + row * shape.valueCount
          augmenter.apply(parameters, to: base + image * shape.valueCount, into: target)
          normalization.apply(to: target, shape: shape)
        }
      }
    }
  }

  /// Images `rows` of the split without augmentation; see `ImageSplit.fillPlain`.
  public func fillPlain(
    _ rows: some Collection<Int>, images: UnsafeMutablePointer<Float>, labels: UnsafeMutablePointer<Int32>? = nil
  ) {
    split.fillPlain(rows, normalization: normalization, images: images, labels: labels)
  }

  private func order(of epoch: Int) -> [Int] {
    latestOrder.withLock { latest in
      if let latest, latest.epoch == epoch { return latest.order }
      let order = ordering.substream(epoch).permutation(split.count)
      latest = (epoch, order)
      return order
    }
  }
}
