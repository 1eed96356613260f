import Foundation

/// The compute threads: a fork–join pool that splits index ranges. The calling thread is worker 0.
///
/// How a range is split depends on `threadCount` alone, never on timing, so a result is the same bit for bit at one thread count.
/// OpenBLAS itself is kept on one thread: the pool splits the work around it.
public final class ThreadPool: @unchecked Sendable {
  /// `SIAM_THREADS`, else the processors of this machine.
  public static let shared = ThreadPool(
    threadCount: max(
      1, ProcessInfo.processInfo.environment["SIAM_THREADS"].flatMap(Int.init) ?? ProcessInfo.processInfo.activeProcessorCount))

  public let threadCount: Int

  public init(threadCount: Int) {
    self.threadCount = threadCount
  }

  /// Calls `body(part, range)` once for each of at most `threadCount` contiguous parts of 0..<count, at once, and returns when all are done.
  /// `minimumPart`: a part has at least so many indices, so that small work stays on one thread. Does not allocate. Not reentrant.
  public func split(_ count: Int, minimumPart: Int = 1, _ body: (_ part: Int, _ range: Range<Int>) -> Void) {
    // Filled in by the kernels' author.
    body(0, 0..<count)
  }
}
