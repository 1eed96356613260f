import Foundation
import TestSupport
import Testing

/// `startup.siam`: what every prompt begins with.
@Suite struct StartupTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func start(_ arguments: [String] = [], changes: [String: String?] = [:]) throws -> PseudoTerminal {
    try PseudoTerminal(arguments, home: home, changes: changes)
  }

  @Test func itsDefinitionsAreThere() throws {
    try home.write("val answer = 42\nprint \"hello\"\n", to: "siam/startup.siam")
    let terminal = try start()
    let shown = try terminal.expect("siam> ")
    #expect(shown.contains("hello\r\n"))
    #expect(try terminal.run("print answer + 1").contains("43\r\n"))
    // It can be read again.
    #expect(try terminal.run("include \"siam/startup.siam\"").contains("hello\r\n"))
  }

  @Test func withoutAHomeOfItsOwnTheConfigurationFolderHasIt() throws {
    try home.write("val answer = 1\n", to: "config/siam/startup.siam")
    try home.write("val answer = 2\n", to: ".config/siam/startup.siam")
    let first = try start(changes: ["SIAM_HOME": "", "XDG_CONFIG_HOME": home.path + "/config", "XDG_DATA_HOME": home.path + "/data"])
    try first.expect("siam> ")
    #expect(try first.run("print answer + 10").contains("11\r\n"))
    let second = try start(changes: ["SIAM_HOME": "", "XDG_DATA_HOME": home.path + "/data"])
    try second.expect("siam> ")
    #expect(try second.run("print answer + 10").contains("12\r\n"))
  }

  @Test func itCanBeLeftOut() throws {
    try home.write("val answer = 42\n", to: "siam/startup.siam")
    let terminal = try start(["--no-startup"])
    try terminal.expect("siam> ")
    #expect(try terminal.run("print answer").contains("error"))
  }

  @Test func itsErrorsAreToldAtItsLinesAndThePromptComes() throws {
    try home.write("val answer = 42\nprnt 1\nval later = 1\n", to: "siam/startup.siam")
    let terminal = try start()
    let shown = try terminal.expect("siam> ")
    #expect(shown.contains("startup.siam:2:1:"), Comment(rawValue: shown))
    #expect(try terminal.run("print 1 + 1").contains("2\r\n"))
    try home.write("val answer = 42\nprint nothing_there\n!ls\n", to: "siam/startup.siam")
    let second = try start()
    #expect(try second.expect("siam> ").contains("startup.siam:3:1:"))
    try home.write("val answer = 42\nprint nothing_there\n", to: "siam/startup.siam")
    let third = try start()
    #expect(try third.expect("siam> ").contains("startup.siam:2:7:"))
    #expect(try third.run("print answer + 1").contains("43\r\n"))
  }

  /// What does not read is found before anything runs; any other mistake stops what stands behind it.
  @Test func howMuchOfItWasRunIsTold() throws {
    try home.write("print \"first\"\nprnt 1\nprint \"last\"\n", to: "siam/startup.siam")
    let unread = try start().expect("siam> ")
    #expect(unread.contains("nothing of") && !unread.contains("the rest of") && !unread.contains("first\r\n"), Comment(rawValue: unread))
    try home.write("print \"first\"\nprint nothing_there\nprint \"last\"\n", to: "siam/startup.siam")
    let stopped = try start().expect("siam> ")
    #expect(stopped.contains("the rest of") && !stopped.contains("nothing of") && stopped.contains("first\r\n"), Comment(rawValue: stopped))
  }

  @Test func scriptsDoNotReadIt() throws {
    try home.write("print \"from startup\"\n", to: "siam/startup.siam")
    let process = try SiamProcess.run(["-e", "print 1"], home: home)
    #expect(process.output == "1\n")
  }

  @Test func aRunIsMadeAgainWithoutIt() throws {
    try home.write("val rate = 0.3\nlet Ge = -Zn\n", to: "siam/startup.siam")
    let terminal = try start()
    try terminal.expect("siam> ")
    try terminal.run("data shapes train=64 test=16; use quick dim=8; encoder mlp 8; batch 16")
    try terminal.run("optimizer sgd lr=rate; loss -Za . sg(Zb + oe)")
    try terminal.run("train 2 steps as \"a\"")
    try terminal.type("quit\r")
    #expect(try terminal.waitForEnd() == 0)
    try FileManager.default.removeItem(atPath: home.path + "/siam/startup.siam")
    let verified = try SiamProcess.run(["-e", "verify 1"], home: home)
    #expect(verified.status == 0 && verified.output.contains("run 1 is reproduced"), Comment(rawValue: verified.errors))
  }
}
