import Kernels

extension BatchSource {
  /// The batches of a `Prefetcher` and its one consumer: those ahead, one in the making, one in use.
  public var prefetchedBytes: Int {
    (Prefetcher.usualAhead + 2) * batch * (views * shape.valueCount * MemoryLayout<Float>.stride + 2 * MemoryLayout<Int32>.stride)
  }

  /// How long one thread takes for a batch: measured on a few of its images.
  public func secondsPerBatch() -> Double {
    let sample = 16
    let count = min(batch, sample)
    guard
      let few = try? BatchSource(
        split: split, normalization: normalization, batch: count, views: views, augmentation: augmentation, seed: seed)
    else { return 0 }
    let storage = BatchStorage(for: few)
    // The first draws the order of the epoch, which takes its time only once.
    let runs = (0..<3).map { step in ThreadClock.measure { few.fill(step: min(step, few.stepsPerEpoch - 1), images: storage.images) } }
    return (runs.min() ?? 0) * Double(batch) / Double(count)
  }
}
