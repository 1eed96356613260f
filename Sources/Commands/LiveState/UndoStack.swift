import Foundation
import Syntax

/// The states before the latest statements that changed the live one, newest last.
///
/// A state costs memory only where something was trained after it. The oldest are forgotten where there are more than `capacity`, or where they hold
/// more than an eighth of the machine's memory.
struct UndoStack {
  struct Entry {
    let state: SessionState
    /// What was run then.
    let statement: Statement
    /// The runs that it made.
    var runs: [Int64] = []
  }

  static let capacity = 100
  private static let byteLimit = Int(ProcessInfo.processInfo.physicalMemory / 8)

  private(set) var entries: [Entry] = []

  /// How many states have been forgotten since the session began.
  private(set) var forgottenCount = 0

  mutating func push(_ entry: Entry) {
    // What was copied since, was after a training, and so at another moment.
    let isOfSameMoment = entries.last.map { $0.state.snapshot.storage == entry.state.snapshot.storage } ?? false
    entries.append(entry)
    while entries.count > Self.capacity || !isOfSameMoment && entries.count > 1 && byteCount > Self.byteLimit {
      entries.removeFirst()
      forgottenCount += 1
    }
  }

  mutating func pop() -> Entry? { entries.popLast() }

  /// What the newest of them has made.
  mutating func note(runs: [Int64]) {
    guard !entries.isEmpty else { return }
    entries[entries.count - 1].runs = runs
  }

  /// A place to come back to.
  var mark: Int { entries.count + forgottenCount }

  /// Makes one of all that was pushed since, which its statements are: a `for` is taken back whole.
  mutating func join(since mark: Int, as whole: Entry) {
    let first = max(0, mark - forgottenCount)
    guard entries.count > first else { return }
    entries.removeSubrange(first...)
    entries.append(whole)
  }

  /// Of copies that the states hold; those of one moment share them.
  var byteCount: Int {
    var seen: Set<ObjectIdentifier> = []
    return entries.reduce(0) { seen.insert($1.state.snapshot.storage).inserted ? $0 + $1.state.snapshot.byteCount : $0 }
  }
}
