import Synchronization

/// The compute threads: a fork–join pool that splits index ranges. The calling thread is worker 0.
///
/// How a range is split depends on `threadCount` alone, never on timing, so a result is the same bit for bit at one thread count.
/// OpenBLAS itself is kept on one thread: the pool splits the work around it.
///
/// The other threads start with the first range that is really split, so a program that only prints a formula never has them.
/// Between two ranges they spin for some hundreds of microseconds, longer than the gap between two operations of a step, and then sleep.
public final class ThreadPool: @unchecked Sendable {
  /// As many threads as `SIAM_THREADS` asks for, else as this process may run on; see `ThreadCount`.
  public static let shared = ThreadPool(threadCount: ThreadCount.ofEnvironment.count)

  public let threadCount: Int

  /// Minimum parts in a range, from which on sleeping threads are woken for it.
  private static let worthWaking = 8

  private let team: WorkerTeam
  /// Held while a range is split. Who finds it taken (a split inside a split, or another host thread) does its parts itself.
  private let isSplitting = Atomic(false)

  /// - Parameter threadCount: at least 1; the calling thread counts.
  public init(threadCount: Int) {
    OpenBLAS.prepare()
    self.threadCount = max(1, threadCount)
    team = WorkerTeam(helperCount: max(1, threadCount) - 1)
  }

  deinit { team.dismiss() }

  /// How many parts `split` makes of `count` indices: what a kernel that reduces its parts' results has to loop over.
  public func partCount(_ count: Int, minimumPart: Int = 1) -> Int {
    max(1, min(threadCount, count / max(1, minimumPart)))
  }

  /// Calls `body(part, range)` once for each of `partCount(count, minimumPart:)` contiguous parts of 0..<count, at once, and
  /// returns when all are done; of no indices, never. `minimumPart`: a part has at least so many indices, so that small work
  /// stays on one thread.
  ///
  /// The parts are the same wherever they run: inside another split, and where there are few indices and the other threads sleep, they run
  /// one after the other on the thread that asked.
  /// Apart from Swift's 32-byte box around `body` nothing is allocated.
  ///
  /// - Parameter isSmall: whether it is less work than to wake a thread; nil: by the number of indices.
  // Not inlined, or the compiler makes two versions of every kernel: a fast one for one part, and one for more.
  @inline(never)
  public func split(_ count: Int, minimumPart: Int = 1, isSmall: Bool? = nil, _ body: (_ part: Int, _ range: Range<Int>) -> Void) {
    guard count > 0 else { return }
    let parts = partCount(count, minimumPart: minimumPart)
    if parts == 1 { return body(0, 0..<count) }
    // To wake a thread takes longer than small work: a descent of small arrays in a loop takes 0.75 of the time so.
    let isSmall = isSmall ?? (minimumPart > 1 && count < Self.worthWaking * minimumPart)
    guard !(isSmall && team.isAsleep), isSplitting.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
      for part in 0..<parts { body(part, Self.range(of: part, parts: parts, count: count)) }
      return
    }
    share(count, parts, body)
    isSplitting.store(false, ordering: .releasing)
  }

  @inline(never)
  private func share(_ count: Int, _ parts: Int, _ body: (Int, Range<Int>) -> Void) {
    withoutActuallyEscaping(body) { team.run(WorkerTeam.Job(count: count, parts: parts, body: $0)) }
  }

  /// Part `part` of `parts` near-equal parts of 0..<count.
  static func range(of part: Int, parts: Int, count: Int) -> Range<Int> {
    (count * part / parts)..<(count * (part + 1) / parts)
  }
}
