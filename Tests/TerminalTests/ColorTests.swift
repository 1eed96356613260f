import Commands
import Foundation
import Terminal
import TestSupport
import Testing

@Suite struct ColorTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func start(columns: UInt16 = 80, changes: [String: String?] = [:]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(home: home, columns: columns, changes: ["NO_COLOR": nil].merging(changes) { $1 })
    try terminal.expect("siam> ")
    return terminal
  }

  @Test func errorsStandOut() throws {
    let terminal = try start()
    let shown = try terminal.run("print nothing_there")
    #expect(shown.contains("\u{1B}[1;31merror:\u{1B}[0m "))
    #expect(shown.contains("\u{1B}[31m^~~~~~~~~~~~~\u{1B}[0m"))
    #expect(shown.contains("\u{1B}[36mhint:\u{1B}[0m"))
  }

  @Test func whatIsTypedIsColored() throws {
    let terminal = try start()
    try terminal.type("print norm([3, 4])  # length")
    try terminal.expect("\u{1B}[1mprint\u{1B}[0m \u{1B}[36mnorm\u{1B}[0m([\u{1B}[35m3\u{1B}[0m")
    try terminal.expect("\u{1B}8")
    #expect(try terminal.run("").contains("5\r\n"))
  }

  @Test(arguments: ["NO_COLOR": "1", "TERM": "dumb"]) func noneWhereNobodyWantsThem(_ name: String, _ value: String) throws {
    let terminal = try start(changes: [name: value])
    try terminal.run("print nothing_there")
    try terminal.run("print norm([3, 4])")
    #expect(!terminal.transcript.contains("m^") && !terminal.transcript.contains("\u{1B}[1"))
  }

  @Test func noneInAPipe() throws {
    let process = try SiamProcess.run(["-e", "history; print nothing_there"], home: home)
    #expect(!(process.output + process.errors).contains("\u{1B}"))
  }

  @Test func piecesKeepTheirText() {
    for text in ["print \"a\" # b", "let τ = 0.2; loss -Za . sg(Zb)", "  ", "print \"open", "§ print", "use quick dim=3"] {
      for start in [0, min(2, text.utf8.count)] {
        let painted = InputPainter.painted(text, from: start)
        let plain = painted.replacing(/\u{1B}\[[0-9;]*m/, with: "")
        #expect(plain == String(decoding: Array(text.utf8)[start...], as: UTF8.self))
      }
    }
  }

  @Test func outcomesStandOut() {
    #expect(AnswerPainter.painted(note: "run 4 · no collapse (std 0.06)") == "run 4 · \u{1B}[32mno collapse\u{1B}[0m (std 0.06)")
    #expect(AnswerPainter.painted(note: "run 4 · collapse (std 0.0)") == "run 4 · \u{1B}[31mcollapse\u{1B}[0m (std 0.0)")
    #expect(AnswerPainter.painted(note: "loss = Za") == "loss = Za")
  }

  @Test func withoutUTF8EverySignIsASCII() throws {
    let terminal = try start(changes: ["LC_ALL": "C"])
    try terminal.run("let tau = 0.2")
    try terminal.run("print τ")
    try terminal.run("data shapes train=64 test=16; use quick; loss -Za . sg(Zb)")
    #expect(terminal.transcript.replacing("τ", with: "").utf8.allSatisfy { $0 < 0x80 })
    #expect(ASCIIText.text("½·(Za ± τ) → “é”") == "1/2.(Za +- tau) -> \"?\"")
  }
}
