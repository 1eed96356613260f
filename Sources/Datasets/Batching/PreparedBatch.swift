/// A batch made by a `Prefetcher`. Its memory is its own as long as someone holds it, and goes back to the prefetcher afterwards.
public final class PreparedBatch: @unchecked Sendable {
  // Unchecked: the pointers are written before the batch is handed out, and by nobody else while it is held.
  public let step: Int
  public let epoch: Int
  /// Images in it.
  public let count: Int
  /// One pointer a view: [count, channels, height, width], normalised.
  public var images: [UnsafeMutablePointer<Float>] { storage.images }
  /// [count].
  public var labels: UnsafeMutablePointer<Int32> { storage.labels }
  /// [count]: the images' numbers in the split.
  public var indices: UnsafeMutablePointer<Int32> { storage.indices }

  /// `indices` with their count.
  public var imageNumbers: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: indices, count: count) }

  private let storage: BatchStorage
  private let queue: BatchQueue

  init(step: Int, source: BatchSource, storage: BatchStorage, queue: BatchQueue) {
    self.step = step
    epoch = step / source.stepsPerEpoch
    count = source.batch
    self.storage = storage
    self.queue = queue
  }

  deinit { queue.recycle(storage) }
}
