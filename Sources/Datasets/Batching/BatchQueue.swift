import Foundation

/// The batches between the thread that makes them and the one that takes them: a bounded queue, and the memory it recycles.
///
/// It knows nothing of the `Prefetcher`, so the making thread can hold it without keeping the prefetcher alive.
final class BatchQueue: @unchecked Sendable {
  // Unchecked: every property below is touched under `condition` alone.
  private let condition = NSCondition()
  private let ahead: Int
  private var ready: [(step: Int, storage: BatchStorage)] = []
  private var free: [BatchStorage] = []
  private var made = 0
  /// The step to be made next.
  private var nextStep = 0
  private var isRunning = false
  private var isStopping = false

  init(ahead: Int) { self.ahead = ahead }

  /// How many storages were ever allocated.
  var storageCount: Int { condition.withLock { made } }

  func recycle(_ storage: BatchStorage) { condition.withLock { free.append(storage) } }

  /// A free storage, or a new one.
  func storage(for source: BatchSource) -> BatchStorage {
    let recycled: BatchStorage? = condition.withLock {
      if free.isEmpty { made += 1 }
      return free.popLast()
    }
    return recycled ?? BatchStorage(for: source)
  }

  /// To be called by the taking side when no thread runs.
  func begin(at step: Int) {
    condition.withLock {
      nextStep = step
      isRunning = true
      isStopping = false
    }
  }

  /// The making thread: fills the queue until it is stopped.
  func run(_ source: BatchSource) {
    while let step = awaitPlace() {
      let storage = storage(for: source)
      source.fill(step: step, images: storage.images, labels: storage.labels, indices: storage.indices)
      condition.withLock {
        ready.append((step, storage))
        condition.broadcast()
      }
    }
    condition.withLock {
      isRunning = false
      condition.broadcast()
    }
  }

  /// The step to make, once there is place for it; nil when the thread is to end.
  private func awaitPlace() -> Int? {
    condition.withLock {
      while !isStopping, ready.count >= ahead { condition.wait() }
      guard !isStopping else { return nil }
      defer { nextStep += 1 }
      return nextStep
    }
  }

  /// The oldest batch, when it is there. `wait`: until it is; nil then means that no thread makes any.
  func take(wait: Bool) -> (step: Int, storage: BatchStorage)? {
    condition.withLock {
      while wait, ready.isEmpty, isRunning { condition.wait() }
      guard !ready.isEmpty else { return nil }
      defer { condition.broadcast() }
      return ready.removeFirst()
    }
  }

  /// Ends the making thread, waits for it, and throws away what it made.
  func end() {
    condition.withLock {
      isStopping = true
      condition.broadcast()
      while isRunning { condition.wait() }
      free += ready.map(\.storage)
      ready = []
    }
  }
}

extension NSCondition {
  fileprivate func withLock<Result>(_ body: () -> Result) -> Result {
    lock()
    defer { unlock() }
    return body()
  }
}
