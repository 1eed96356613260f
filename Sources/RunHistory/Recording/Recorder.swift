import Dispatch
import Foundation
import GRDB
import Synchronization

/// Keeps what a training step records in memory and writes it in one transaction at least every half second, on a queue of its
/// own, so that a step never waits for the disk.
///
/// What cannot be written stays in memory, in order, and is tried again with every later write; the failure is reported once.
final class Recorder: Sendable {
  /// Seconds from a value's recording to the transaction that writes it.
  private static let delay = 0.4
  /// Seconds between signs of life from a run that records nothing.
  private static let heartbeatInterval = 20.0

  /// How a run ended.
  struct Ending {
    let run: Int64
    let state: RunState
    let ended: Date
    let steps: Int?
    let verdict: RunVerdict?
    let settings: [(name: String, value: SettingValue)]
  }

  private struct Pending {
    var points: [SeriesWriter.Point] = []
    var endings: [Ending] = []
    var isScheduled = false
    var living: Set<Int64> = []
    /// How the runs began whose end is not yet written.
    var begun: [Int64: RunInsertion] = [:]
    /// Where a copy is that has everything, as nothing has been recorded since.
    var copy: String?
    var isBeating = false
    var failure: HistoryError?
    var isFailureReported = false
  }

  private let database: DatabaseQueue
  private let location: HistoryLocation
  private let identity: FileIdentity?
  private let queue = DispatchQueue(label: "siam.history.recorder", qos: .utility)
  private let pending = Mutex(Pending())
  /// Touched by `queue` alone; the lock is there for the compiler.
  private let writer = Mutex(SeriesWriter())

  init(_ database: DatabaseQueue, location: HistoryLocation) {
    self.database = database
    self.location = location
    identity = FileIdentity(of: location)
  }

  /// Whether the path leads to another file by now, or to none.
  var isFileGone: Bool { FileIdentity(of: location) != identity }

  deinit { try? writePending() }

  func begin(_ run: Int64, _ insertion: RunInsertion) {
    let mustBeat = pending.withLock { pending in
      pending.begun[run] = insertion
      pending.copy = nil
      pending.living.insert(run)
      defer { pending.isBeating = true }
      return !pending.isBeating
    }
    if mustBeat { scheduleHeartbeat() }
  }

  func add(_ points: [SeriesWriter.Point]) {
    let mustSchedule = pending.withLock { pending in
      pending.points.append(contentsOf: points)
      pending.copy = nil
      defer { pending.isScheduled = true }
      return !pending.isScheduled
    }
    if mustSchedule { scheduleWrite() }
  }

  /// Writes a run's end, with all that is before it.
  func end(_ ending: Ending) throws(HistoryError) {
    pending.withLock { pending in
      pending.endings.append(ending)
      pending.copy = nil
      pending.living.remove(ending.run)
    }
    try flush()
  }

  /// Writes what is buffered before it returns.
  func flush() throws(HistoryError) {
    let result = queue.sync { () -> Result<Void, HistoryError> in
      do throws(HistoryError) { return .success(try writePending()) } catch { return .failure(error) }
    }
    try result.get()
  }

  /// Writes what has not reached the history into a copy of it; it stays pending for the history itself.
  ///
  /// Runs of this process that a damaged file has lost are written anew.
  func writePending(toCopy copy: DatabaseQueue) throws {
    try queue.sync {
      let (points, endings, begun) = pending.withLock { ($0.points, $0.endings, $0.begun) }
      var writer = SeriesWriter()
      try copy.writeImmediately { db in
        for (run, insertion) in begun {
          let isThere = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE id = ?)", arguments: [run])
          if isThere == true { continue }
          try insertion.write(to: db, as: run)
          try db.execute(sql: "UPDATE runs SET steps = (SELECT count(DISTINCT step) FROM series WHERE run_id = id) WHERE id = ?", arguments: [run])
        }
        try writer.write(points, to: db)
        for ending in endings { try ending.write(to: db) }
      }
    }
  }

  /// Why recording does not reach the file, the first time that it is asked after a failure; nil from then on.
  func takeFailure() -> HistoryError? {
    pending.withLock { pending in
      guard let failure = pending.failure, !pending.isFailureReported else { return nil }
      pending.isFailureReported = true
      return failure
    }
  }

  /// A copy that has everything: set when it is made, and gone with the next record.
  var copy: String? {
    get { pending.withLock { $0.copy } }
    set { pending.withLock { $0.copy = newValue } }
  }

  /// Whether the last writing failed because the file is damaged.
  var hasMetDamage: Bool {
    pending.withLock { if case .damaged? = $0.failure { true } else { false } }
  }

  private func scheduleWrite() {
    queue.asyncAfter(deadline: .now() + Self.delay) { [weak self] in
      guard let self else { return }
      pending.withLock { $0.isScheduled = false }
      try? writePending()
    }
  }

  private func scheduleHeartbeat() {
    queue.asyncAfter(deadline: .now() + Self.heartbeatInterval) { [weak self] in self?.beat() }
  }

  private func beat() {
    let living = pending.withLock { pending in
      pending.isBeating = !pending.living.isEmpty
      return pending.living
    }
    guard !living.isEmpty else { return }
    // A missed beat does no harm: the next one, or the next value, is as good.
    try? database.writeImmediately { db in
      for run in living { try db.execute(sql: "UPDATE runs SET heartbeat = max(?, started) WHERE id = ?", arguments: [Date(), run]) }
    }
    scheduleHeartbeat()
  }

  /// Writes all that is pending in one transaction, or leaves it pending.
  private func writePending() throws(HistoryError) {
    let (points, endings) = pending.withLock { pending in
      defer { (pending.points, pending.endings) = ([], []) }
      return (pending.points, pending.endings)
    }
    if points.isEmpty && endings.isEmpty { return }
    do {
      if isFileGone { throw HistoryError.gone(location.description) }
      try writer.withLock { try write(points, endings, through: &$0) }
      pending.withLock { ($0.failure, $0.isFailureReported) = (nil, false) }
    } catch {
      let failure = HistoryError(error, at: location)
      pending.withLock { pending in
        pending.points.insert(contentsOf: points, at: 0)
        pending.endings.insert(contentsOf: endings, at: 0)
        pending.failure = failure
      }
      throw failure
    }
  }

  private func write(_ points: [SeriesWriter.Point], _ endings: [Ending], through writer: inout SeriesWriter) throws {
    var attempt = writer
    try database.writeImmediately { db in
      try attempt.write(points, to: db)
      for ending in endings { try ending.write(to: db) }
    }
    for ending in endings { attempt.release(ending.run) }
    pending.withLock { pending in
      for ending in endings { pending.begun[ending.run] = nil }
    }
    writer = attempt
  }
}
