import Foundation
import Terminal
import TestSupport
import Testing

/// Answers longer than the screen.
@Suite struct PagerTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  /// A pager that says what it was handed, and waits for a key.
  private static let pager = "sed 's/^/| /'; echo shown; read key < /dev/tty"

  private func start(_ arguments: [String] = [], pager: String? = Self.pager, term: String = "xterm") throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(arguments, home: home, rows: 8, changes: ["PAGER": pager, "TERM": term])
    try terminal.expect("siam> ")
    return terminal
  }

  @Test func theChosenProgramShowsALongAnswer() throws {
    let terminal = try start()
    try terminal.type("help\r")
    #expect(try terminal.expect("shown\r\n").contains("\n| "))
    try terminal.type("q\r")
    try terminal.expect("siam> ")
    #expect(try terminal.run("print 1 + 1").contains("2\r\n"))
  }

  @Test func whatFitsIsNotPaged() throws {
    let terminal = try start()
    #expect(try !terminal.run("help quit").contains("| "))
  }

  @Test(arguments: [["--no-pager"], []]) func itIsLeftOut(_ arguments: [String]) throws {
    let terminal = try start(arguments, pager: arguments.isEmpty ? "cat" : Self.pager)
    #expect(try !terminal.run("help").contains("| "))
  }

  @Test func aDumbTerminalHasNone() throws {
    let terminal = try start(term: "dumb")
    #expect(try !terminal.run("help").contains("| "))
  }

  @Test(arguments: ["no-such-pager-here", "false", "exit 3", "\"unclosed"]) func aProgramThatFailsIsDoneWithout(_ pager: String) throws {
    let terminal = try start(pager: pager)
    #expect(try terminal.run("help").contains("train"))
  }

  @Test func controlCInThePagerLeavesSiamAlive() throws {
    let terminal = try start()
    try terminal.type("help\r")
    try terminal.expect("shown\r\n")
    for _ in 0..<3 { terminal.send(SIGINT) }
    try terminal.type(PseudoTerminal.Key.control("c"))
    try terminal.expect("siam> ")
    #expect(try terminal.answers("print 1 + 1", with: "2\r\n"))
  }

  @Test(.enabled(if: access("/usr/bin/less", X_OK) == 0)) func lessIsTheUsualOne() throws {
    let terminal = try start(pager: nil)
    try terminal.type("help\r")
    // Its own prompt at the foot of the first page.
    try terminal.expect("\n:")
    try terminal.type("q")
    try terminal.expect("siam> ")
    #expect(try terminal.run("print 1 + 1").contains("2\r\n"))
  }

  @Test func aScreenIsMeasuredInRows() {
    #expect(!Pager.isNeeded(for: "a\nb", columns: 10, rows: 3))
    #expect(Pager.isNeeded(for: "a\nb\nc", columns: 10, rows: 3))
    #expect(Pager.isNeeded(for: String(repeating: "a", count: 25), columns: 10, rows: 3))
    #expect(!Pager.isNeeded(for: String(repeating: "a", count: 20), columns: 10, rows: 3))
  }

  @Test func scriptsAreNotPaged() throws {
    let path = try home.write("help\n", to: "a.siam")
    let terminal = try PseudoTerminal(["run", path], home: home, changes: ["PAGER": Self.pager])
    #expect(try terminal.waitForEnd() == 0)
    #expect(!terminal.transcript.contains("| "))
  }
}
