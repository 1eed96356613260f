import SourceText
import Testing

/// Prose in a window.
@Suite struct WrappedTextTests {
  private static let verdict =
    "run 1 · collapse (std 0.0076 ≪ 1/√256 = 0.0625, mr 0.17 rms, 0.08 mean; P: std 0.05, mr 0.83), but mr is still falling"

  @Test(arguments: [20, 40, 60, 80, 119]) func noWordIsBroken(columns: Int) {
    let lines = WrappedText.text(Self.verdict, columns: columns).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= columns })
    #expect(lines.flatMap { $0.split(separator: " ") } == Self.verdict.split(separator: " "))
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") && !$0.hasPrefix("   ") })
  }

  @Test func whatFitsStaysAsItIs() {
    let text = "loss = a\n  -∂loss/∂Za ∝ Zb     gradient reaches: encoder"
    #expect(WrappedText.text(text, columns: 48) == text)
    #expect(WrappedText.text(text, columns: nil) == text)
    #expect(WrappedText.text(text, columns: 40) == "loss = a\n  -∂loss/∂Za ∝ Zb     gradient reaches:\n    encoder")
  }

  @Test func aWordLongerThanTheWindowStandsAlone() {
    let path = "/" + String(repeating: "x", count: 30)
    #expect(WrappedText.text("report: \(path) done", columns: 20) == "report:\n  \(path)\n  done")
  }

  @Test func coloursTakeNoRoom() {
    #expect(WrappedText.text("\u{1B}[1;31merror:\u{1B}[0m no such name here", columns: 24) == "\u{1B}[1;31merror:\u{1B}[0m no such name here")
    #expect(WrappedText.text("表表表 表表表 表表表", columns: 14) == "表表表 表表表\n  表表表")
  }

  @Test func anErrorIsBrokenAndItsLineIsNot() {
    let file = SourceFile(name: "<prompt>", text: "train 3 epochs of something that is no statement at all")
    let diagnostic = Diagnostic(
      "there is something wrong with it that takes a long line to be said", at: SourceSpan(file, 0..<5),
      hint: "a hint that is not short either, on the contrary")
    let lines = DiagnosticRenderer(columns: 40).render(diagnostic).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 40 })
    #expect(lines.contains("  hint: a hint that is not short either,") && lines.contains("    on the contrary"))
    #expect(lines.contains { $0.hasPrefix("    train 3 epochs") })
    #expect(DiagnosticRenderer().render(diagnostic).contains("takes a long line to be said\n"))
  }
}
