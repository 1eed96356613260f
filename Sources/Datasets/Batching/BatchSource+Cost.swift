import Kernels

extension BatchSource {
  /// The batches of a `Prefetcher` and its one consumer: those ahead, one in the making, one in use.
  public var prefetchedBytes: Int {
    (Prefetcher.usualAhead + 2) * batch * (views * shape.valueCount * MemoryLayout<Float>.stride + 2 * MemoryLayout<Int32>.stride)
  }

  /// How long one thread takes for a batch: measured on a few images of its shape. What they show does not matter, so none is loaded or drawn.
  public func secondsPerBatch() -> Double {
    let sample = 8
    let runs = 3
    let count = min(batch, sample)
    let blank = ImageSplit(
      shape: shape, pixels: Array(repeating: 128, count: runs * count * shape.valueCount), labels: Array(repeating: 0, count: runs * count))
    let plain = Normalization(mean: Array(repeating: 0, count: shape.channels), deviation: Array(repeating: 1, count: shape.channels))
    guard
      let few = try? BatchSource(split: blank, normalization: plain, batch: count, views: views, augmentation: augmentation, seed: seed)
    else { return 0 }
    let storage = BatchStorage(for: few)
    // The first draws the order of the epoch, which takes its time only once.
    let seconds = (0..<runs).map { step in ThreadClock.measure { few.fill(step: step, images: storage.images) } }
    return (seconds.min() ?? 0) * Double(batch) / Double(count)
  }
}
