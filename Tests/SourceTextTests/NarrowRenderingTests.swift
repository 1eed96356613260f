import SourceText
import Testing

/// What a terminal of few columns shows of a line that is wider.
@Suite struct NarrowRenderingTests {
  @Test(arguments: [30, 40, 60]) func theMarksStandUnderTheirWords(_ columns: Int) throws {
    let text = "loss -Za . sg(Zb + oe) + 0.25 * mean(norm(zz)) + 0.5 * -Pa . sg(Pb) + trace(cov(Za))"
    let start = try #require(text.utf8.firstRange(of: "zz".utf8))
    let place = text.utf8.distance(from: text.startIndex, to: start.lowerBound)
    let file = SourceFile(name: "<prompt>", text: text)
    // What is said takes a line or two, as it is broken at words.
    let lines = DiagnosticRenderer(columns: columns).render(Diagnostic("there is no `zz`", at: SourceSpan(file, place..<place + 2)))
      .split(separator: "\n").map(Array.init).suffix(2)
    #expect(lines.allSatisfy { $0.count < columns })
    let mark = try #require(lines.last?.firstIndex(of: "^"))
    #expect(lines.first.map { String($0[mark...(mark + 1)]) } == "zz")
  }
}
