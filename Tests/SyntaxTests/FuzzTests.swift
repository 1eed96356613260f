import SourceText
import Syntax
import TestSupport
import Testing

/// No text makes the parser trap, and every mistake can be shown.
@Suite struct FuzzTests {
  private static let words = [
    "print", "let", "x", "=", "for", "in", "{", "}", "(", ")", "[", "]", "1", "0.5", "..", ".", "·", "τ", "'", "\"", "\\", "#",
    "\n", ";", ",", "-", "+", "*", "^", "@", "not", "and", "or", "<", ">=", "==", "run(\"a\").", "mo of", "on", "batches",
    "history",
    "where", "is missing", "between", "sql", "table", "plot", "spectrum", "matrix", "y=log", "watch", "stop", "off", "of", "as", "train", "fresh",
    "projector", "fc", "bn(affine=",
    "step",
    "else", "if", "data", "crop=", ":", "é", "表", "\u{1B}", "\u{0}", "\u{202E}", "\t", "\r\n", "7d", "loss", "alternating", "!",
    "%"
  ]

  private func read(_ text: String) {
    for mode in [Parser.Mode.script, .prompt] {
      do {
        let read = try Parser.statements(of: SourceFile(name: "fuzz", text: text), mode: mode)
        for statement in read { checkPrinted(statement) }
      } catch {
        #expect(!DiagnosticRenderer().render(error).unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
      }
    }
    _ = Parser.isIncomplete(text)
  }

  /// What was read, whatever it is, reads back from its canonical spelling.
  private func checkPrinted(_ statement: Statement) {
    let printed = statement.source
    do {
      // Strings may hold newlines, at the prompt only when typed as such.
      let again = try Parser.statements(of: SourceFile(name: "again", text: printed), mode: .script)
      #expect(again.map(\.source) == [printed])
    } catch {
      Issue.record("\(printed): \(DiagnosticRenderer().render(error))")
    }
  }

  @Test func randomBytes() {
    var random = SplitMix64(state: 1)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      read(String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func randomPrintableBytes() {
    var random = SplitMix64(state: 2)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
      read(String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func randomWords() {
    var random = SplitMix64(state: 3)
    for _ in 0..<20_000 {
      let words = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        Self.words[Int.random(in: Self.words.indices, using: &random)]
      }
      read(words.joined(separator: Bool.random(using: &random) ? " " : ""))
    }
  }
}
