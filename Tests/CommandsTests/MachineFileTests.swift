import Commands
import Foundation
import Graph
import Testing

/// What `check` keeps of the machine from one check to the next.
@Suite struct MachineFileTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("siam-machine-\(UUID().uuidString)")
  private var file: MachineFile { MachineFile(path: folder.appendingPathComponent("deep/machine.json").path) }
  private let figures = MachineSpeed.Figures(flopsPerSecond: 123e9, bytesPerSecond: 45e9, secondsPerOperation: 1e-6)
  private static let script = "data shapes; use quick; loss -Pa . sg(Zb); train 3 epochs"

  @Test func whatWasMeasuredIsKept() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(file.figures() == nil)
    let options = SessionOptions(databasePath: ":memory:", machineFile: file)
    let first = try Prompt(options: options).check(Self.script)
    #expect(first.end == .completed && first.results[1].contains("measured just now"))
    #expect(file.figures() != nil)
    // The next check goes by what the file says.
    file.keep(figures, at: Date(timeIntervalSinceNow: -150))
    let second = try Prompt(options: options).check(Self.script)
    #expect(second.results[1].contains("at 123 GFLOP/s and 45 GB/s (measured 2 minutes ago)"), "\(second.results)")
    // What it has timed itself is kept beside that, and is as old: a third measures nothing.
    let entry = try #require(file.figures())
    #expect(!entry.figures.sampleSeconds.isEmpty && entry.seconds < Date().timeIntervalSince1970 - 140)
    #expect(try Prompt(options: options).check(Self.script).end == .completed)
    #expect(file.figures() == entry)
  }

  @Test func itHoldsForAnHourOnOneMachine() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let now = Date()
    file.keep(figures, at: now)
    #expect(file.figures(at: now)?.figures == figures)
    #expect(file.figures(at: now + 3599) != nil && file.figures(at: now + 3601) == nil)
    #expect(file.figures(at: now - 60) == nil, "from the future")
    let text = try String(contentsOfFile: file.path, encoding: .utf8)
    for (old, new) in [(" threads", " strands"), ("123000000000", "0"), ("123000000000", "1e300"), ("{", "")] {
      try #require(text.contains(old))
      try text.replacingOccurrences(of: old, with: new).write(toFile: file.path, atomically: true, encoding: .utf8)
      #expect(file.figures(at: now) == nil, "\(old) → \(new)")
    }
  }

  /// A folder that cannot be made changes nothing but the time.
  @Test func whereNothingCanBeWritten() throws {
    let options = SessionOptions(databasePath: ":memory:", machineFile: MachineFile(path: "/dev/null/machine.json"))
    #expect(try Prompt(options: options).check(Self.script).end == .completed)
  }

  @Test func whereItLies() {
    #expect(MachineFile.standardPath(environment: ["SIAM_HOME": "/s", "HOME": "/h"]) == "/s/machine.json")
    #expect(MachineFile.standardPath(environment: ["XDG_CACHE_HOME": "/c", "HOME": "/h"]) == "/c/siam/machine.json")
    #expect(MachineFile.standardPath(environment: ["HOME": "/h"]) == "/h/.cache/siam/machine.json")
  }
}
