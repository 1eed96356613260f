import Experiments
import Foundation
import Kernels
import SourceText
import Syntax
import Tables

extension Session {
  /// Checks names, shapes and options without training, and says what training would cost here.
  public func check(_ file: SourceFile) -> SessionEnd {
    checking = Checking(for: .costs, machineFile: options.machineFile)
    defer { checking = nil }
    let end = run(file, mode: .script)
    if let checking, end == .completed || end == .quit { show(checking, of: file.name) }
    if let checking, let learned = checking.estimator.learned { options.machineFile?.keep(learned, since: checking.knownMachine) }
    return end
  }

  private func show(_ checking: Checking, of file: String) {
    let (report, neededPermissions) = (checking.report, checking.neededPermissions)
    let isForPrograms = options.format == .json || options.format == .csv
    if isForPrograms || !report.rows.isEmpty { output.answer(.table(report.table(of: file, as: options.format), options.format)) }
    if !isForPrograms, !report.rows.isEmpty { output.result(basisText(checking)) }
    let needed = "\(file): needs \(neededPermissions.sorted().joined(separator: " "))"
    if !neededPermissions.isEmpty { if isForPrograms { output.note(needed) } else { output.result(needed) } }
    let ending = "\(file): no mistakes found"
    // What a program reads holds the table alone.
    if isForPrograms { output.note(ending) } else { output.result(ending) }
  }

  /// What the estimates rest on: `estimates on cifar10, with 2 threads at 210 GFLOP/s and 31 GB/s (measured just now) and nothing else running`.
  private func basisText(_ checking: Checking) -> String {
    let threads = ThreadPool.shared.threadCount
    let figures = checking.estimator.speed.figures
    return "estimates on \(checking.report.datasets.joined(separator: ", ")), with \(threads.counted("thread")) at "
      + "\(Int(figures.flopsPerSecond / 1e9)) GFLOP/s and \(Int(figures.bytesPerSecond / 1e9)) GB/s (measured \(age(of: checking.knownMachine))) "
      + "and nothing else running"
  }

  private func age(of known: MachineFile.Entry?) -> String {
    guard let known else { return "just now" }
    let minutes = Int((Date().timeIntervalSince1970 - known.seconds) / 60)
    return minutes < 1 ? "just now" : "\(minutes.counted("minute")) ago"
  }
}

/// What this process holds right now, as the kernel counts it.
enum ResidentMemory {
  /// 0 where the system does not say.
  static var bytes: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
