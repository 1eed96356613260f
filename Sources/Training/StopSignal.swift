import Synchronization

/// A request to stop at the next step boundary. `request` is one atomic store, so a signal handler may make it (of a signal object
/// that exists already).
public final class StopSignal: Sendable {
  private let flag = Atomic<Int>(0)

  public init() {}

  public func request() { flag.store(1, ordering: .relaxed) }
  public func clear() { flag.store(0, ordering: .relaxed) }
  public var isRequested: Bool { flag.load(ordering: .relaxed) != 0 }
}
