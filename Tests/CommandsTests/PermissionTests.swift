import Foundation
import TestSupport
import Testing

/// A script may be a stranger's: it writes nothing but the history, and starts no program, unless it is allowed to.
@Suite struct PermissionTests {
  private let home: TemporaryFolder
  private static let writing = "a script may not write files unless it is allowed to"

  init() throws { home = try TemporaryFolder() }

  private static let training =
    "data shapes train=64 test=16; use quick dim=16; encoder mlp 16; batch 16; loss -Za . sg(Zb); train 2 steps as \"a\"\n"

  /// The script lies in `scripts/`.
  private func run(_ script: String, _ arguments: [String] = []) throws -> SiamProcess {
    try FileManager.default.createDirectory(atPath: home.path + "/scripts/out", withIntermediateDirectories: true)
    let path = try home.write(script, to: "scripts/stranger.siam")
    return try SiamProcess.run(["run", path] + arguments, home: home, folder: home.path)
  }

  private func files() throws -> [String] {
    let folder = URL(fileURLWithPath: home.path)
    let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    let all = (walk?.allObjects as? [URL] ?? []).filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
    let ours = [".in", ".out", ".err", ".siam", "history.sqlite", "history.sqlite-wal", "history.sqlite-shm"]
    return all.map { $0.path.replacingOccurrences(of: folder.path + "/", with: "") }.filter { file in !ours.contains { file.hasSuffix($0) } }.sorted()
  }

  private static let deeds = [
    "history > \"out/runs.csv\"", "history save \"out/x.sqlite\"", "save \"out/x.safetensors\"", "export runs to \"out/runs.csv\"",
    "export series to \"out/s.json\"", "plot loss of \"a\" to \"out/x.svg\"", "for i in 1..2 { if i == 2 { history > \"out/runs.csv\" } }"
  ]

  @Test(arguments: deeds) func writesNothing(deed: String) throws {
    let refused = try run(Self.training + deed)
    #expect(refused.status == 2 && refused.errors.contains("error: a script may not "), Comment(rawValue: refused.errors))
    #expect(refused.errors.contains("--allow-write"))
    #expect(try files() == [])
    // It is told before anything is trained.
    #expect(try SiamProcess.run(["history", "--format", "csv"], home: home).output.split(separator: "\n").count == 1)
  }

  @Test(arguments: deeds) func mayBeAllowedTo(deed: String) throws {
    for allowance in ["--allow-write", "--allow-write=scripts/out"] {
      let allowed = try run(Self.training + deed, [allowance, "--allow-run"])
      #expect(allowed.status == 0, Comment(rawValue: allowed.errors))
      let files = try files()
      #expect(files.count == 1 && files[0].hasPrefix("scripts/out/"), Comment(rawValue: files.joined(separator: " ")))
      for file in files { try FileManager.default.removeItem(atPath: home.path + "/" + file) }
    }
  }

  @Test func inThatFolderAlone() throws {
    try FileManager.default.createDirectory(atPath: home.path + "/outside", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: home.path + "/scripts/out-of-it", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: home.path + "/scripts/out", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: home.path + "/scripts/out/link", withDestinationPath: home.path + "/outside")
    try FileManager.default.createSymbolicLink(atPath: home.path + "/scripts/out/link.csv", withDestinationPath: home.path + "/outside/x.csv")
    let places = [
      "out/../runs.csv", "out/link/../x.csv", "out/./link/../outside/x.csv", "\(home.path)/outside/x.csv", "out/link/x.csv", "out/link.csv",
      "out-of-it/x.csv", "~/x.csv"
    ]
    for place in places {
      let refused = try run("history > \"\(place)\"", ["--allow-write=scripts/out"])
      #expect(refused.status == 2 && refused.errors.contains("error: a script may not write `"), "\(place): \(refused.errors)")
    }
    #expect(try files() == [])
  }

  /// A file that is included is no better known than the script; a name that is made up at the time is checked at the time.
  @Test func byOtherWays() throws {
    try FileManager.default.createDirectory(atPath: home.path + "/scripts", withIntermediateDirectories: true)
    _ = try home.write("history > \"runs.csv\"", to: "scripts/part.siam")
    #expect(try run("include \"part.siam\"").errors.contains(Self.writing))
    #expect(try run(Self.training + "save \"{1 + 1}.safetensors\"").errors.contains(Self.writing))
    #expect(try run(Self.training + "forget \"a\"; forget 1; purge").errors.contains("a script may not delete runs"))
    #expect(try run(Self.training + "forget 1; purge", ["--allow-write=scripts/out"]).errors.contains("a script may not delete runs"))
    #expect(try run(Self.training + "plot loss of \"a\" to \"out/x.svg\"", ["--allow-write"]).errors.contains("a script may not start gnuplot"))
    let piped = try SiamProcess.run(["-"], input: "history > \"runs.csv\"", home: home)
    #expect(piped.status == 2 && piped.errors.contains(Self.writing), Comment(rawValue: piped.errors))
    #expect(try files() == [])
  }

  @Test func whoTypesMayDoEverything() throws {
    let typed = try SiamProcess.run(["-e", "history > \"runs.csv\"; purge"], home: home, folder: home.path)
    #expect(typed.status == 0, Comment(rawValue: typed.errors))
    #expect(try files() == ["runs.csv"])
  }
}
