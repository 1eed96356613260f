import Foundation
import TestSupport
import Testing

/// The prompt, driven through a pseudo-terminal as a person drives it.
@Suite struct PromptTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func start(columns: UInt16 = 80, changes: [String: String?] = [:]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(home: home, columns: columns, changes: changes)
    try terminal.expect("siam> ")
    return terminal
  }

  @Test func greetsAnswersAndLeaves() throws {
    let terminal = try PseudoTerminal(home: home)
    #expect(try terminal.expect("siam> ").contains("Siam 0.1 · "))
    #expect(try terminal.run("print 1 + 1").contains("2\r\n"))
    try terminal.type(Key.control("d"))
    #expect(try terminal.waitForEnd() == 0)
  }

  @Test func quitLeaves() throws {
    let terminal = try start()
    try terminal.type("quit\r")
    #expect(try terminal.waitForEnd() == 0)
  }

  @Test func soDoesExit() throws {
    let terminal = try start()
    try terminal.type("exit\r")
    #expect(try terminal.waitForEnd() == 0)
  }

  /// An echo that is longer than the window goes on in the next line at a word; in a pipe it is one line.
  @Test(arguments: [50, 80]) func anEchoIsBrokenAtWords(columns: UInt16) throws {
    let terminal = try start(columns: columns)
    let lines = try terminal.run("use quick").split(whereSeparator: \.isNewline).map(String.init)
    let first = try #require(lines.firstIndex { $0.hasPrefix("quick: ") })
    let echo = "quick: convnet width 16, D = 256, batch 256, lr 0.5, 10 epochs, warm-up 1, constant rate for h"
    #expect(lines.allSatisfy { $0.count <= Int(columns) })
    let words = lines[first...].flatMap { $0.split(separator: " ") }.prefix { !$0.hasPrefix("\u{1B}") && $0 != "siam>" }
    #expect(words.joined(separator: " ") == echo)
    #expect(lines.indices.contains(first + 1) && lines[first + 1].hasPrefix("  "))
    #expect(try SiamProcess.run(["-e", "use quick"], home: home).errors == echo + "\n")
  }

  @Test func aWrongStatementIsReportedAndThePromptGoesOn() throws {
    let terminal = try start()
    #expect(try terminal.run("prnt 1").contains("error"))
    #expect(try terminal.run("print 20 + 3").contains("23\r\n"))
  }

  @Test func theLineIsEdited() throws {
    let terminal = try start()
    #expect(try terminal.run("print 1 + 17" + Key.backspace + Key.control("a") + Key.control("e") + "0").contains("11\r\n"))
  }

  @Test func controlCClearsTheLineAndStays() throws {
    let terminal = try start()
    try terminal.type("print 1 + 1")
    try terminal.expect("print 1 + 1")
    try terminal.type(Key.control("c"))
    try terminal.expect("^C")
    try terminal.expect("siam> ")
    #expect(try terminal.run("print 3 + 4").contains("7\r\n"))
  }

  @Test func controlCLeavesReverseSearch() throws {
    let terminal = try start()
    try terminal.run("print 30 + 1")
    try terminal.type(Key.control("r") + "30")
    try terminal.expect("(reverse-i-search)")
    // Found, with what was typed standing out in it, before the search is left.
    try terminal.expect("0 + 1")
    try terminal.type(Key.control("c"))
    try terminal.expect("^C")
    try terminal.expect("siam> ")
    #expect(try terminal.run("print 3 + 4").contains("7\r\n"))
  }

  @Test func openBracketsReadOn() throws {
    let terminal = try start()
    try terminal.type("print sum([1,\r")
    try terminal.expect("  ... ")
    #expect(try terminal.run("2])").contains("3\r\n"))
  }

  @Test func controlCAbandonsAnInputOfSeveralLines() throws {
    let terminal = try start()
    try terminal.type("print sum([1,\r")
    try terminal.expect("  ... ")
    try terminal.type(Key.control("c"))
    try terminal.expect("siam> ")
    #expect(try terminal.run("print 3 + 4").contains("7\r\n"))
  }

  @Test func controlDInTheMiddleOfAnInputEndsTheInputOnly() throws {
    let terminal = try start()
    try terminal.type("print sum([1,\r")
    try terminal.expect("  ... ")
    try terminal.type(Key.control("d"))
    try terminal.expect("siam> ")
    #expect(try terminal.run("print 3 + 4").contains("7\r\n"))
  }

  @Test func aPasteOfSeveralLinesIsOneInput() throws {
    let terminal = try start()
    try terminal.type("\u{1B}[200~print 1 + 1\n#> 2\nprint 40 + 2\u{1B}[201~")
    let shown = try terminal.run("")
    #expect(shown.contains("2\r\n42\r\n"))
  }

  @Test func historyCrossesTwoStarts() throws {
    let first = try start()
    try first.run("print 12 + 30")
    try first.type("print sum([5,\r")
    try first.expect("  ... ")
    try first.run("6])")
    try first.type(Key.control("d"))
    #expect(try first.waitForEnd() == 0)

    let second = try start()
    #expect(try second.run(Key.up).contains("11\r\n"))
    #expect(try second.run(Key.control("r") + "12 +").contains("42\r\n"))
    let kept = try String(contentsOfFile: home.path + "/siam/repl_history", encoding: .utf8)
    #expect(kept == "print 12 + 30\nprint sum([5,\\n6])\nprint 12 + 30\n")
  }

  @Test func tabCompletesAStatement() throws {
    let terminal = try start()
    try terminal.type("prin\t")
    try terminal.expect("print ")
    #expect(try terminal.run("2 + 3").contains("5\r\n"))
  }

  @Test func tabTypesGreek() throws {
    let terminal = try start()
    try terminal.type("val \\tau\t")
    try terminal.expect("τ")
    try terminal.run(" = 3")
    #expect(try terminal.run("print tau + 1").contains("4\r\n"))
  }

  @Test func tabOffersOnlyWhatFitsTheShape() throws {
    let terminal = try start()
    _ = try terminal.run("data shapes train=64 test=16; use quick dim=16; val abundance = 3; let Zbig = 2*Zb; let Zbroad = fb")
    // `Zbroad` is batch × feature.
    try terminal.type("print Za . Zb\t")
    // The list, and the line again under it.
    let shown = try terminal.expect("siam> ")
    #expect(shown.contains("Zbig") && !shown.contains("Zbroad"))
    #expect(try terminal.run("\u{15}print 40 + 2").contains("42\r\n"))
  }

  @Test func tabKnowsRuns() throws {
    let terminal = try start()
    _ = try terminal.run("data shapes train=64 test=16; use quick dim=16; encoder mlp 8; batch 16; val tau = 0.5; loss -Za . sg(Zb)/tau")
    _ = try terminal.run("train 1 steps as \"only\"")
    #expect(try terminal.run("history of\u{15}lineage \t").contains("only"))
    try terminal.type("rerun 1 with ta\t")
    try terminal.expect("tau=")
    #expect(try terminal.run("0.25").contains("run 2"))
  }

  @Test func tabCompletesAPath() throws {
    try home.write("print 40 + 2\n", to: "answer.siam")
    let terminal = try start()
    #expect(try terminal.run("include \"ans\t").contains("42\r\n"))
  }

  @Test func terminationEndsInOrder() throws {
    let terminal = try start()
    terminal.send(SIGTERM)
    #expect(try terminal.waitForEnd() == 128 + SIGTERM)
  }

  @Test func aNewWindowSizeDisturbsNothing() throws {
    let terminal = try start()
    try terminal.type("print 1 +")
    try terminal.expect("print 1 +")
    try terminal.resize(columns: 50)
    #expect(try terminal.run(" 1").contains("2\r\n"))
  }

  @Test func aDumbTerminalIsServedPlainly() throws {
    let terminal = try start(changes: ["TERM": "dumb"])
    #expect(try terminal.run("print 1 + 1").contains("2\r\n"))
    #expect(!terminal.transcript.contains("\u{1B}"))
  }

  @Test func fortyColumnsSuffice() throws {
    let terminal = try start(columns: 40)
    #expect(try terminal.run("print 1000000 + 2000000 + 3000000 + 4000000 + 5000000").contains("15000000\r\n"))
  }
}

private typealias Key = PseudoTerminal.Key
