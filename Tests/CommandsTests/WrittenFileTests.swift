import Foundation
import TestSupport
import Testing

/// A statement that writes a file loses nothing that was there: no history, no script, no device.
@Suite struct WrittenFileTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private static let training =
    "data shapes train=64 test=16; use quick dim=16 epochs=1; encoder mlp 16; batch 16; loss -Za . sg(Zb); train 1 steps as \"a\""

  private func siam(_ statements: String, _ options: String...) throws -> SiamProcess {
    try SiamProcess.run(["--db", "h.sqlite"] + options + ["-e", statements], home: home, folder: home.path)
  }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: home.path + "/" + name, encoding: .utf8) }

  /// A full disk is no mistake in a statement, whichever writes: exit status 1.
  @Test(arguments: [
    "history > \"a.csv\"", "export runs to \"a.csv\"", "save \"a.siam\"", "save \"a.safetensors\"", "checkpoint", "show views to \"a.png\"",
    "plot loss of \"a\" to \"a.svg\"", "history save \"a.sqlite\""
  ])
  func whatCannotBeWritten(statement: String) throws {
    let database = statement == "checkpoint" ? "h.sqlite" : ":memory:"
    let full = statement == "checkpoint" ? "touch checkpoints" : "trap '' XFSZ; ulimit -f 0"
    let line = "\(full); exec \"$0\" --db \(database) -e \"$1\" >/dev/null 2>&1"
    let process = try SiamProcess.run(
      ["-c", line, SiamBinary.url.path, Self.training + "; " + statement], program: "/bin/bash", home: home, folder: home.path)
    #expect(process.status == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.path).allSatisfy { !$0.hasPrefix("a.") })
  }

  @Test func histories() throws {
    try #require(try siam(Self.training).status == 0)
    try FileManager.default.copyItem(atPath: home.path + "/h.sqlite", toPath: home.path + "/other.csv")
    try FileManager.default.createSymbolicLink(atPath: home.path + "/link.csv", withDestinationPath: "h.sqlite")
    for (name, what) in [("h.sqlite", "the history"), ("link.csv", "the history"), ("other.csv", "a database")] {
      for statement in ["history > \"\(name)\"", "export runs to \"\(name)\""] where name.hasSuffix("csv") || statement.hasPrefix("history") {
        let refused = try siam(statement)
        #expect(refused.status == 2 && refused.errors.contains("`\(name)` is \(what)"), Comment(rawValue: refused.errors))
      }
    }
    #expect(try siam("history columns name format csv").output == "name\na\n")
  }

  @Test func scripts() throws {
    let path = try home.write("history > \"self.siam\"", to: "self.siam")
    let refused = try SiamProcess.run(["run", path, "--allow-write"], home: home)
    #expect(refused.status == 2 && refused.errors.contains("`self.siam` is a script that is being run"), Comment(rawValue: refused.errors))
    let page = try home.write("print 1", to: "page.html")
    let report = try SiamProcess.run(["run", page, "--report", page], home: home)
    #expect(report.status == 2 && report.errors.contains("is there already, and is no report"), Comment(rawValue: report.errors))
    #expect(try text("page.html") == "print 1" && text("self.siam") == "history > \"self.siam\"")
    for name in ["new.html", "new.md", "new.html", "new.md"] {
      #expect(try SiamProcess.run(["run", page, "--report", home.path + "/" + name], home: home).status == 0)
    }
  }

  /// A link is followed, and a pipe is written into.
  @Test func whatIsNoFile() throws {
    _ = try home.write("old", to: "data.csv")
    try FileManager.default.createSymbolicLink(atPath: home.path + "/l.csv", withDestinationPath: "data.csv")
    #expect(try siam("history columns name > \"l.csv\"").status == 0)
    #expect(try text("data.csv") == "name\n")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: home.path + "/l.csv") == "data.csv")
    try #require(mkfifo(home.path + "/pipe.csv", 0o600) == 0)
    let alone = try siam("history > \"pipe.csv\"")
    #expect(alone.status == 1 && alone.errors.contains("nobody reads from"), Comment(rawValue: alone.errors))
    let reader = open(home.path + "/pipe.csv", O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    #expect(try siam("history columns name > \"pipe.csv\"; export runs to \"pipe.csv\"").status == 0)
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(reader, &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).hasPrefix("name\nrun_id,"))
    #expect(try siam("history > \"/dev/null\"").status == 0)
  }

  /// Ctrl-C ends the wait for a pipe that nobody writes into, and what somebody writes is read.
  @Test func aPipeAsScript() throws {
    try #require(mkfifo(home.path + "/pipe.siam", 0o600) == 0)
    for arguments in [["-e", "include \"pipe.siam\""], ["test", "pipe.siam"], ["-e", "check \"pipe.siam\""]] {
      let process = Process()
      process.executableURL = SiamBinary.url
      process.arguments = arguments
      process.environment = SiamBinary.environment(home: home)
      process.currentDirectoryURL = URL(fileURLWithPath: home.path)
      process.standardError = FileHandle.nullDevice
      try process.run()
      Thread.sleep(forTimeInterval: 0.5)
      #expect(process.isRunning)
      for _ in 0..<100 where process.isRunning {
        process.interrupt()
        Thread.sleep(forTimeInterval: 0.1)
      }
      #expect(!process.isRunning, Comment(rawValue: arguments.joined(separator: " ")))
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/bin/sh")
    writer.arguments = ["-c", "echo 'print 7' > \"\(home.path)/pipe.siam\""]
    try writer.run()
    #expect(try siam("include \"pipe.siam\"").output == "7\n")
  }
}
