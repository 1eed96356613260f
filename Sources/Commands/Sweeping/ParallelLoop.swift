import Experiments
import Foundation
import Kernels
import RunHistory
import SourceText
import Syntax

/// A `for … parallel N { … }`: its points are independent experiments, each a process that begins as `reset` leaves this session, N at a time. What
/// they say is shown in the order of the points; the live model stays as it is.
struct ParallelLoop {
  private let loop: Statement
  /// What each point is: `tau = 0.1`.
  private let points: [String]
  private let jobs: Int
  private let session: Session

  private static let mostJobs = 1024

  init(_ loop: Statement, points: [String], jobs: Expression, in session: Session) throws(StatementFailure) {
    let number = try session.number(jobs)
    guard let count = Int(exactly: number), (1...Self.mostJobs).contains(count) else {
      throw .wrong(
        Diagnostic(
          "`parallel` takes a whole number of processes from 1 to \(Self.mostJobs), not `\(jobs.span.text.shortened)`", at: jobs.span,
          hint: "this machine has \(ProcessInfo.processInfo.activeProcessorCount) processors"))
    }
    (self.loop, self.points, self.session) = (loop, points, session)
    self.jobs = min(count, points.count)
  }

  func run() throws(StatementFailure) {
    // The live model stays as it is, so a replay needs none of it.
    guard !points.isEmpty, !session.isReproducing else { return }
    let history = try session.history(at: loop.keyword.span)
    guard case .file(let database) = history.location else {
      throw .wrong(
        Diagnostic(
          "processes cannot share a history in memory", at: loop.keyword.span,
          hint: "`--db PATH` names a file, and `for` without `parallel` needs none"))
    }
    // What it has to say of the file's version or place is said once, here; and what is not written yet, the processes would not see.
    try session.recording(at: loop.keyword.span) { () throws(HistoryError) in try history.flush() }
    let threads = max(1, ThreadPool.shared.threadCount / jobs)
    session.note("\(points.count.counted("point")), \(jobs) at a time, with \(threads.counted("thread")) each")
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("siam-points-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var environment = ProcessInfo.processInfo.environment
    environment["SIAM_THREADS"] = String(threads)
    let options = session.options.arguments(settings: session.overrides)
    try work(history, ["--db", URL(fileURLWithPath: database).path] + options, environment, folder)
  }

  // MARK: Processes

  private func work(
    _ history: RunHistory, _ arguments: [String], _ environment: [String: String], _ folder: String
  ) throws(StatementFailure) {
    let begin = Date()
    var processes: [PointProcess] = []
    var shownCount = 0
    var mayStart = true
    var isInterrupted = false
    // None is left behind: the folder that they write into goes with this.
    defer {
      session.output.progress(ofPoints: nil)
      for process in processes where process.status == nil { process.interrupt() }
      while processes.contains(where: { $0.status == nil }) {
        usleep(20_000)
        for process in processes { process.poll() }
      }
    }
    while shownCount < processes.count || mayStart && processes.count < points.count {
      if Session.interruption.isRequested, !isInterrupted {
        (isInterrupted, mayStart) = (true, false)
        for process in processes { process.interrupt() }
      }
      for process in processes { process.poll() }
      // What is wrong in one point is wrong in all.
      if processes.contains(where: { $0.status == SessionEnd.usage.exitStatus }) { mayStart = false }
      if mayStart, processes.count < points.count, processes.count(where: { $0.status == nil }) < jobs {
        let point = processes.count
        let request = PointRequest(preparation: session.preparation, loop: loop, point: point, count: points.count, folder: "\(folder)/\(point)")
        do {
          processes.append(try PointProcess(request, arguments: arguments, environment: environment))
        } catch {
          throw .wrong(Diagnostic("a process for `\(points[point])` cannot be started: \(error)", at: loop.keyword.span))
        }
        continue
      }
      if shownCount < processes.count, processes[shownCount].status != nil {
        try show(processes[shownCount], history, since: begin)
        shownCount += 1
        continue
      }
      let running = processes.count { $0.status == nil }
      session.output.progress(
        ofPoints: PointProgress(
          done: processes.count - running, running: running, total: points.count, seconds: Date().timeIntervalSince(begin)))
      usleep(20_000)
    }
    // What `--set` gave to a `val` of the points has had its effect.
    if case .forLoop(_, _, _, let body) = loop.kind { for name in body.withNested.compactMap(\.boundName) { session.overrides[name] = nil } }
    try conclude(processes)
  }

  private func show(_ process: PointProcess, _ history: RunHistory, since begin: Date) throws(StatementFailure) {
    session.note("\(points[process.point]):")
    let (output, errors) = (process.output, process.errors)
    if !errors.isEmpty { session.output.relay(errors) }
    if !output.isEmpty { session.output.result(String(output.last == "\n" ? output.dropLast() : output[...])) }
    if let made = process.madeRuns {
      for run in made { session.record.adopt(run.id, name: run.name) }
      return
    }
    let runs = try session.recording(at: loop.keyword.span) { () throws(HistoryError) in try history.runs(ofProcess: process.identifier, since: begin)
    }
    for run in runs { session.record.adopt(run.id, name: run.name ?? "") }
  }

  private func conclude(_ processes: [PointProcess]) throws(StatementFailure) {
    if Session.interruption.isRequested { throw .interrupted }
    let failed = processes.filter { $0.status != 0 }
    guard let worst = failed.compactMap(\.status).max() else { return }
    let names = failed.prefix(5).map { "`\(points[$0.point])`" }.joined(separator: ", ") + (failed.count > 5 ? ", …" : "")
    let skipped = points.count - processes.count
    let diagnostic = Diagnostic(
      "\(failed.count) of \(points.count) points failed: \(names)" + (skipped > 0 ? "; \(skipped) were not begun" : ""), at: loop.keyword.span)
    throw worst == SessionEnd.usage.exitStatus ? .wrong(diagnostic) : .failed(diagnostic)
  }
}
