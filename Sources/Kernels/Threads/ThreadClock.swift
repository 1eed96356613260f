import Foundation

/// The processor time of the calling thread: what a piece of work takes by itself, whatever else the machine is doing meanwhile.
public enum ThreadClock {
  /// Seconds, from a beginning of its own.
  public static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Seconds that `body` takes on this thread.
  public static func measure(_ body: () -> Void) -> Double {
    let begin = now
    body()
    return now - begin
  }
}
