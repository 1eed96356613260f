import Glibc
import Synchronization

/// The helper threads of a pool and their rendezvous with the thread that calls them.
///
/// A job is published by counting `generation` up, and is over when `unfinished` is back at 0. Both sides spin first and sleep on
/// a gate after that. A side that goes to sleep says so (`sleepers`, `isCallerAsleep`) before it looks for the last time, and the
/// other side looks there after it has changed what is waited for; these accesses are sequentially consistent, so no wake-up is
/// lost.
final class WorkerTeam: @unchecked Sendable {
  /// A range to split; part i is worker i's.
  struct Job {
    let count: Int
    let parts: Int
    let body: (Int, Range<Int>) -> Void

    func perform(part: Int) {
      if part < parts { body(part, ThreadPool.range(of: part, parts: parts, count: count)) }
    }
  }

  private let helperCount: Int
  private var helpers: [pthread_t] = []
  private var hasStarted = false

  private var job: Job?
  private let generation = Atomic<UInt64>(0)
  private let unfinished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let isCallerAsleep = Atomic(false)
  private let isDismissed = Atomic(false)
  private let work = Gate()
  private let done = Gate()

  /// Whether a job would have to wait for a helper to wake up, or to start.
  var isAsleep: Bool { !hasStarted || sleepers.load(ordering: .relaxed) > 0 }

  init(helperCount: Int) { self.helperCount = helperCount }

  /// Performs all parts of `job`, part 0 on the calling thread, and returns when they are done. One caller at a time.
  func run(_ job: Job) {
    if !hasStarted { start() }
    self.job = job
    unfinished.store(helpers.count, ordering: .relaxed)
    generation.add(1, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { work.open() }
    job.perform(part: 0)
    // Parts of helpers that the system refused to start.
    for part in (helpers.count + 1)..<max(helpers.count + 1, job.parts) { job.perform(part: part) }
    awaitHelpers()
    self.job = nil
  }

  /// Ends the helpers and waits for them.
  func dismiss() {
    isDismissed.store(true, ordering: .sequentiallyConsistent)
    generation.add(1, ordering: .sequentiallyConsistent)
    work.open()
    for helper in helpers { pthread_join(helper, nil) }
    helpers = []
  }

  private func start() {
    hasStarted = true
    for worker in 1...helperCount {
      let seat = Unmanaged.passRetained(Seat(team: self, worker: worker))
      var thread = pthread_t()
      guard pthread_create(&thread, nil, takeSeat, seat.toOpaque()) == 0 else { return seat.release() }
      helpers.append(thread)
    }
  }

  private func awaitHelpers() {
    if Spin.until({ unfinished.load(ordering: .acquiring) == 0 }) { return }
    isCallerAsleep.store(true, ordering: .sequentiallyConsistent)
    done.wait { unfinished.load(ordering: .sequentiallyConsistent) == 0 }
    isCallerAsleep.store(false, ordering: .relaxed)
  }

  fileprivate func serve(as worker: Int) {
    var seen: UInt64 = 0
    while true {
      awaitGeneration(after: seen)
      seen &+= 1
      if isDismissed.load(ordering: .acquiring) { return }
      job?.perform(part: worker)
      let left = unfinished.subtract(1, ordering: .sequentiallyConsistent).newValue
      if left == 0 && isCallerAsleep.load(ordering: .sequentiallyConsistent) { done.open() }
    }
  }

  private func awaitGeneration(after seen: UInt64) {
    if Spin.until({ generation.load(ordering: .acquiring) != seen }) { return }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    work.wait { generation.load(ordering: .sequentiallyConsistent) != seen }
    sleepers.subtract(1, ordering: .relaxed)
  }
}

/// What a helper thread is told when it starts.
private final class Seat {
  let team: WorkerTeam
  let worker: Int

  init(team: WorkerTeam, worker: Int) {
    self.team = team
    self.worker = worker
  }
}

/// The start routine of a helper: owns its seat, and through it the team, until it is dismissed.
private func takeSeat(_ opaque: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let opaque else { return nil }
  let seat = Unmanaged<Seat>.fromOpaque(opaque).takeRetainedValue()
  seat.team.serve(as: seat.worker)
  return nil
}
