import Foundation
import TestSupport
import Testing

/// A history that may not be written, in a folder that may not be: it is read, with one note, and what would record is an error.
@Suite struct ReadOnlyHistoryTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  /// The administrator may write everywhere, so that somebody else must read.
  private static let prefix = geteuid() == 0 ? ["/usr/bin/setpriv", "--reuid=65534", "--clear-groups"] : ["/usr/bin/env"]

  private static var isPossible: Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: prefix[0])
    process.arguments = prefix.dropFirst() + ["test", "-x", SiamBinary.url.path]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  @Test(.enabled(if: isPossible)) func isRead() throws {
    let folder = home.path + "/there"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let setup =
      "data shapes train=64 test=16; use quick dim=16 epochs=1; encoder mlp 16; batch 16; loss -Za . sg(Zb); train 1 steps as \"a\""
    try #require(try SiamProcess.run(["--db", "there/h.sqlite", "-e", setup], home: home).status == 0)
    for (path, mode) in [(home.path, 0o755), ("\(folder)/h.sqlite", 0o444), (folder, 0o555)] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder) }
    func siam(_ statements: String) throws -> SiamProcess {
      let arguments = Self.prefix.dropFirst() + [SiamBinary.url.path, "--db", "there/h.sqlite", "-e", statements]
      return try SiamProcess.run(Array(arguments), program: Self.prefix[0], home: home)
    }
    let read = try siam("history columns name format csv; print run(\"a\").steps; plot loss of \"a\"; sql SELECT name FROM run_list")
    #expect(
      read.status == 0 && read.output.hasPrefix("name\na\n1\n") && read.output.hasSuffix("\nname\n----\na\n"),
      Comment(rawValue: read.output + read.errors))
    #expect(read.errors.components(separatedBy: "may only be read: nothing is recorded").count == 2, Comment(rawValue: read.errors))
    for statement in ["tag 1 x", "forget 1", "note 1 \"x\"", setup] {
      let refused = try siam(statement)
      #expect(
        refused.status == 2 && refused.errors.contains("cannot be written: the file or its folder is read-only"), Comment(rawValue: refused.errors))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["h.sqlite"])
  }
}
