import Foundation
import TestSupport
import Testing

/// Ctrl-C, the progress line and the end of the program while something trains.
@Suite struct TrainingAtThePromptTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  /// A model small enough that its steps are short, and a run long enough that it must be stopped.
  private static let settings = "data shapes train=512 test=128; use quick; loss -Pa . sg(Pb)"

  private func startTraining(columns: UInt16 = 100, changes: [String: String?] = [:]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(home: home, columns: columns, changes: changes)
    try terminal.expect("siam> ")
    try terminal.run(Self.settings)
    try terminal.type("train 100000 steps as \"long\"\r")
    try terminal.expect("epoch ")
    try terminal.expect("loss ")
    return terminal
  }

  @Test func controlCReturnsToThePromptAndTheModelLives() throws {
    let terminal = try startTraining()
    try terminal.type(PseudoTerminal.Key.control("c"))
    try terminal.expect("siam> ")
    #expect(try terminal.run("print 20 + 22").contains("42\r\n"))
    try terminal.type("train 100000 steps\r")
    try terminal.expect("epoch ")
    try terminal.type(PseudoTerminal.Key.control("c"))
    try terminal.expect("siam> ")
    try terminal.type("quit\r")
    #expect(try terminal.waitForEnd() == 0)
  }

  @Test func aSecondControlCDoesNotEndTheProgram() throws {
    let terminal = try startTraining()
    for _ in 0..<5 { terminal.send(SIGINT) }
    try terminal.expect("siam> ")
    #expect(try terminal.run("print 20 + 22").contains("42\r\n"))
  }

  @Test func terminationStopsTheRunAndEnds() throws {
    let terminal = try startTraining()
    terminal.send(SIGTERM)
    #expect(try terminal.waitForEnd() == 128 + SIGTERM)
  }

  @Test func theLineIsDrawnInPlace() throws {
    let terminal = try startTraining()
    try terminal.expect("\u{1B}[K")
    try terminal.expect("\repoch ")
    #expect(terminal.transcript.contains("━") || terminal.transcript.contains("─"))
  }

  @Test func withoutUTF8TheBarIsASCII() throws {
    let terminal = try startTraining(changes: ["LC_ALL": "C"])
    #expect(terminal.transcript.contains("--------"))
    #expect(!terminal.transcript.contains("─"))
  }

  @Test func theLineFitsAnyWindow() throws {
    let terminal = try startTraining(columns: 40)
    try terminal.expect("\u{1B}[K")
    let lines = terminal.transcript.split(separator: "\repoch ").dropFirst().compactMap { $0.split(separator: "\u{1B}").first }
    #expect(!lines.isEmpty && lines.allSatisfy { $0.count + "epoch ".count < 40 })
  }

  @Test func aDumbTerminalGetsALineAnEpoch() throws {
    let terminal = try PseudoTerminal(home: home, changes: ["TERM": "dumb"])
    try terminal.expect("siam> ")
    try terminal.run(Self.settings)
    try terminal.type("train 3\r")
    try terminal.expect("epoch 1/3 ")
    try terminal.expect("epoch 2/3 ")
    try terminal.expect("epoch 3/3 ")
    try terminal.expect("siam> ")
    #expect(!terminal.transcript.contains("\u{1B}"))
  }

  @Test func controlCInVerifySaysThatNothingIsKnown() throws {
    let terminal = try startTraining()
    try terminal.expect("epoch 3/")
    try terminal.type(PseudoTerminal.Key.control("c"))
    try terminal.expect("siam> ")
    try terminal.type("verify 1\r")
    try terminal.expect("epoch ")
    for _ in 0..<3 { terminal.send(SIGINT) }
    #expect(try terminal.expect("siam> ").contains("verify was interrupted: whether run 1 is reproduced is not known"))
    #expect(try terminal.run("print 20 + 22").contains("42\r\n"))
  }

  @Test func whatControlCEndsSaysSoOnce() throws {
    let terminal = try startTraining()
    try terminal.type(PseudoTerminal.Key.control("c"))
    let training = try terminal.expect("siam> ")
    #expect(training.contains("interrupted after ") && !training.contains("\ninterrupted"))
    try terminal.type("for i in 1..1000000 { val x = i }\r")
    try terminal.expect("\n")
    try terminal.type(PseudoTerminal.Key.control("c"))
    #expect(try terminal.expect("siam> ").contains("interrupted\r\n"))
    #expect(try terminal.run("print 20 + 22").contains("42\r\n"))
  }

  /// A signal that comes while files are written ends neither the file nor the program.
  @Test func controlCWhileItSaves() throws {
    let terminal = try PseudoTerminal(home: home)
    try terminal.expect("siam> ")
    try terminal.run("data shapes train=64 test=16; use quick; encoder mlp 2048 2048; loss -Za . sg(Zb); train 1 steps")
    for number in 1...5 {
      try terminal.type("save \"state-\(number).safetensors\"\r")
      try terminal.expect("\n")
      for _ in 0..<3 { terminal.send(SIGINT) }
      // Those that come after it clear the line of the next prompt, once more each.
      try terminal.expect("siam> ")
      try terminal.type("print \"saved \(number)\"\r")
      try terminal.expect("\rsaved \(number)\r\n")
      try terminal.expect("siam> ")
    }
    try terminal.run("save \"whole.safetensors\"")
    #expect(try !terminal.run("load \"whole.safetensors\"").contains("error"))
    #expect(try terminal.run("print 20 + 22").contains("42\r\n"))
  }

  /// A loop whose points run beside one another has a line that moves; what the points say is broken at words.
  @Test func pointsOfALoop() throws {
    let terminal = try PseudoTerminal(home: home, columns: 60)
    try terminal.expect("siam> ")
    let shown = try terminal.run("for s in 1..3 parallel 2 { note 99 \"x\" }")
    #expect(shown.contains("of 3 points done, "), Comment(rawValue: shown))
    let loop = "for s in 1..2 parallel 2 { data shapes train=64 test=16; use quick dim=8; batch 16; loss -Pa . sg(Zb); train 1 steps as \"{s}\" }"
    let lines = try terminal.run(loop).split(whereSeparator: \.isNewline)
    #expect(lines.contains { $0.hasPrefix("run ") && $0.count <= 60 }, Comment(rawValue: lines.joined(separator: "\n")))
  }

  @Test func aDecompositionFitsTheWindow() throws {
    let terminal = try PseudoTerminal(home: home, columns: 60)
    try terminal.expect("siam> ")
    _ = try terminal.run("data shapes train=64 test=16; use quick dim=8; batch 16; encoder mlp 8")
    _ = try terminal.run("let Ge = -Zn; loss -Za . sg(Zb + oe)")
    let lines = try terminal.run("decompose grad").split(whereSeparator: \.isNewline)
    #expect(lines.contains { $0.contains("cos(re,") } && lines.allSatisfy { $0.count <= 60 }, Comment(rawValue: lines.joined(separator: "\n")))
  }
}
