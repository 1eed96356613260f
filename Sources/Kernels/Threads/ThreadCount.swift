import Foundation

/// How many compute threads a program uses.
public struct ThreadCount: Equatable, Sendable {
  /// 1 … the processors that this process may run on.
  public let count: Int
  /// A sentence for the user when what `SIAM_THREADS` asked for could not be done as asked.
  public let problem: String?

  /// What `SIAM_THREADS` says of this machine.
  public static let ofEnvironment = ThreadCount(
    requested: ProcessInfo.processInfo.environment["SIAM_THREADS"], available: available)

  /// - Parameter requested: the text of `SIAM_THREADS`; nil and "" mean all that are there.
  public init(requested: String?, available: Int) {
    guard let requested, !requested.isEmpty else {
      (count, problem) = (available, nil)
      return
    }
    guard let wanted = Int(requested), wanted >= 1 else {
      (count, problem) = (available, "SIAM_THREADS is `\(requested)`, no whole number from 1; using \(available)")
      return
    }
    count = min(wanted, available)
    problem =
      wanted <= available
      ? nil : "SIAM_THREADS asks for \(wanted) threads, the machine has \(available); using \(available)"
  }

  /// The processors that this process may run on (`taskset` and containers limit them).
  public static var available: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
}
