import Foundation
import Graph
import Kernels
import SourceText

/// What `check` measured of this machine, kept for the next: most of a check's time would go there.
///
/// `$SIAM_HOME/machine.json`, else `$XDG_CACHE_HOME/siam/machine.json`, else `~/.cache/siam/machine.json`. It holds for an hour, on the same
/// processor, with as many threads and the same OpenBLAS and build of Siam; what is older, of something else or no such file is measured
/// anew. A file that cannot be written is done without.
public struct MachineFile: Sendable {
  public static let secondsValid: Double = 3600

  public let path: String

  public init(path: String) { self.path = path }

  public static func standardPath(environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    HomeFolder.siamFile("machine.json", "XDG_CACHE_HOME", standard: ".cache", environment: environment)
  }

  public struct Entry: Codable, Equatable, Sendable {
    public let figures: MachineSpeed.Figures
    /// What they are of.
    public let machine: String
    /// Since 1970.
    public let seconds: Double
  }

  private static var machine: String {
    [
      SystemFacts.processor ?? "", "\(ThreadPool.shared.threadCount) of \(ThreadCount.available) threads", OpenBLAS.summary,
      SiamVersion.commit ?? SiamVersion.text
    ].joined(separator: "; ")
  }

  /// nil: they have to be measured.
  public func figures(at now: Date = Date()) -> Entry? {
    guard let data = FileManager.default.contents(atPath: path), let entry = try? JSONDecoder().decode(Entry.self, from: data),
      entry.machine == Self.machine, (0..<Self.secondsValid).contains(now.timeIntervalSince1970 - entry.seconds), entry.figures.arePossible
    else { return nil }
    return entry
  }

  /// - Parameter known: what the figures go on from; it grows no younger.
  public func keep(_ figures: MachineSpeed.Figures, since known: Entry? = nil, at now: Date = Date()) {
    let entry = Entry(figures: figures, machine: Self.machine, seconds: known?.seconds ?? now.timeIntervalSince1970)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // Another check may be reading. What is lost is measured again.
    try? JSONEncoder().encode(entry).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}

extension MachineSpeed.Figures {
  fileprivate var arePossible: Bool {
    [flopsPerSecond, bytesPerSecond, secondsPerOperation].allSatisfy { $0 > 0 && $0 < 1e18 }
      && sampleSeconds.values.allSatisfy { $0 >= 0 && $0 < 1e18 }
  }
}
