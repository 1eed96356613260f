import Glibc

/// A condition that threads sleep on until some state, which is changed before `open`, is as they want it.
final class Gate: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Sleeps until `isReady`, which is looked at once at least.
  func wait(until isReady: () -> Bool) {
    pthread_mutex_lock(mutex)
    while !isReady() { pthread_cond_wait(condition, mutex) }
    pthread_mutex_unlock(mutex)
  }

  /// Makes every sleeper look again. The lock keeps it from coming between a sleeper's look and its sleep.
  func open() {
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }
}

/// Waiting without sleep, for what is expected within microseconds.
enum Spin {
  /// Looks at `isReady` for some hundreds of microseconds; false when it did not come true. Yields the processor between bursts, so
  /// that on a busy machine the thread that is waited for is not kept from running.
  @inline(__always)
  static func until(_ isReady: () -> Bool) -> Bool {
    for _ in 0..<512 {
      for _ in 0..<128 where isReady() { return true }
      sched_yield()
    }
    return isReady()
  }
}
