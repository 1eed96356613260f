import Foundation
import TestSupport
import Testing

/// `!command`, at the prompt and nowhere else.
@Suite struct ShellCommandTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func start() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(home: home)
    try terminal.expect("siam> ")
    return terminal
  }

  @Test func aCommandRunsInTheShell() throws {
    let terminal = try start()
    #expect(try terminal.run("!echo $((40 + 2)); echo done").contains("42\r\ndone\r\n"))
    #expect(try terminal.run("print 1 + 1").contains("2\r\n"))
  }

  @Test func anExitStatusOtherThanZeroIsTold() throws {
    let terminal = try start()
    #expect(try terminal.run("!exit 3").contains("exit status 3\r\n"))
    #expect(try terminal.run("!no-such-program-here").contains("exit status 127\r\n"))
    #expect(try !terminal.run("!true").contains("status"))
  }

  @Test func controlCStopsTheCommandAlone() throws {
    let terminal = try start()
    // A shell that has forked and not yet begun what it forked for would keep the signal to itself: it becomes the program.
    try terminal.type("!echo begun; exec sleep 100\r")
    try terminal.expect("\rbegun")
    for _ in 0..<3 { terminal.send(SIGINT) }
    try terminal.type(PseudoTerminal.Key.control("c"))
    #expect(try terminal.expect("siam> ").contains("ended by signal 2"))
    #expect(try terminal.answers("print 1 + 1", with: "2\r\n"))
  }

  @Test func aCommandReadsTheKeyboard() throws {
    let terminal = try start()
    try terminal.type("!echo ready; read line; echo \"<$line>\"\r")
    try terminal.expect("\rready\r\n")
    try terminal.type("typed\r")
    #expect(try terminal.expect("siam> ").contains("<typed>"))
  }

  @Test func anotherFolderIsNotPretended() throws {
    let terminal = try start()
    #expect(try terminal.run("!cd /tmp").contains("own shell"))
  }

  @Test func scriptsHaveNoShell() throws {
    let script = try home.write("print 1\n!touch made\n", to: "a.siam")
    for arguments in [["run", script], ["-e", "!touch made"], ["-e", "print 1\n!touch made"], ["-e", "include \"\(script)\""]] {
      let process = try SiamProcess.run(arguments, home: home)
      #expect(process.status == 2 && process.output.isEmpty, Comment(rawValue: process.output))
      #expect(process.errors.contains("`!` runs a shell command only where it is typed"), Comment(rawValue: process.errors))
    }
    #expect(!FileManager.default.fileExists(atPath: home.path + "/made"))
  }
}
