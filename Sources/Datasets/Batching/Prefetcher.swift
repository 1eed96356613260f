import Foundation

/// Makes batches on a thread of its own, a few steps ahead of the training that takes them.
///
/// One consumer at a time: `next`, `start` and `stop` are not to be called from several threads at once.
public final class Prefetcher: @unchecked Sendable {
  // Unchecked: one consumer, as said above; what is shared with the thread is in `queue`, behind its lock.
  public let source: BatchSource
  /// How long `next` has waited for batches in all. Near 0: training is the slower side.
  public private(set) var waited: Duration = .zero
  /// The step that `next` returns next.
  public private(set) var step: Int
  private let queue: BatchQueue

  public static let usualAhead = 3

  /// Starts making the batch of `firstStep` and those after it.
  /// - Parameter ahead: the most finished batches that wait to be taken.
  public init(source: BatchSource, firstStep: Int, ahead: Int = Prefetcher.usualAhead) {
    self.source = source
    queue = BatchQueue(ahead: max(1, ahead))
    step = firstStep
    start(at: firstStep)
  }

  deinit { queue.end() }

  /// Memory of so many batches was ever allocated: at most those ahead, one in the making and those held by the consumer.
  public var buffersMade: Int { queue.storageCount }

  /// The batch of `step`, once it is there. After `stop` it is made on the calling thread.
  public func next() -> PreparedBatch {
    defer { step += 1 }
    if let batch = queue.take(wait: false) { return prepared(batch) }
    let began = ContinuousClock.now
    defer { waited += ContinuousClock.now - began }
    if let batch = queue.take(wait: true) { return prepared(batch) }
    let storage = queue.storage(for: source)
    source.fill(step: step, images: storage.images, labels: storage.labels, indices: storage.indices)
    return prepared((step, storage))
  }

  /// Goes on from `step`, wherever it was.
  public func start(at step: Int) {
    queue.end()
    self.step = step
    queue.begin(at: step)
    let thread = Thread { [queue, source] in queue.run(source) }
    thread.name = "siam batches"
    thread.start()
  }

  /// Ends the thread; batches made ahead are thrown away, held ones stay valid.
  public func stop() { queue.end() }

  private func prepared(_ batch: (step: Int, storage: BatchStorage)) -> PreparedBatch {
    PreparedBatch(step: batch.step, source: source, storage: batch.storage, queue: queue)
  }
}
