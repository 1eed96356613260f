import Experiments
import SourceText
import Testing

/// Which terms reach which module: a cut path is exactly 0, and named by the `sg` that cuts it.
@Suite struct FlowTests {
  private func flow(_ text: String) throws -> Flow {
    try Laboratory(text).experiment.flow(at: SourceSpan(SourceFile(name: "test", text: "flow loss"), 0..<9))
  }

  /// The words of the table, norms left out.
  private func words(_ text: String) throws -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: try flow(text).rows.map { row in
        (
          row.module,
          row.links.map { link in
            switch link {
            case .reached(let norm): norm > 0 ? "reached" : "zero"
            case .cut(let stops): "cut by " + stops.joined(separator: ", ")
            case .absent: "absent"
            }
          }
        )
      })
  }

  @Test func simSiam() throws {
    #expect(try words("loss -Pa . sg(Zb)") == ["encoder": ["reached"], "projector": ["reached"], "h": ["reached"]])
  }

  @Test func withoutPredictor() throws {
    #expect(
      try words("predictor none\nloss -Za . sg(Zb)") == ["encoder": ["reached"], "projector": ["reached"]])
    #expect(try words("loss -Za . sg(Zb)")["h"] == ["absent"])
  }

  @Test func aStopIsNamed() throws {
    #expect(
      try words("loss -normalize(h(sg(za))) . sg(Zb)") == [
        "encoder": ["cut by sg(za), sg(Zb)"], "projector": ["cut by sg(za), sg(Zb)"], "h": ["reached"]
      ])
    // The mirror of Alg. 2: h is reached by neither side.
    #expect(
      try words("loss -Za . sg(normalize(h(zb)))") == [
        "encoder": ["reached"], "projector": ["reached"], "h": ["cut by sg(normalize(h(zb)))"]
      ])
  }

  @Test func freezePassesToTheInputAlone() throws {
    #expect(
      try words("loss -normalize(freeze(h)(za)) . sg(Zb)") == [
        "encoder": ["reached"], "projector": ["reached"], "h": ["cut by freeze"]
      ])
  }

  /// Alg. 4, alternating: each term trains what the other leaves.
  @Test func everyTermHasItsOwnColumn() throws {
    let text = "let Lh = -normalize(h(sg(za))) . sg(Zb)\nloss Lh - normalize(freeze(h)(za)) . sg(Pb)"
    let flow = try flow(text)
    #expect(flow.terms == ["Lh", "normalize(freeze(h)(za)) . sg(Pb)"])
    #expect(
      try words(text) == [
        "encoder": ["cut by sg(za), sg(Zb)", "reached"], "projector": ["cut by sg(za), sg(Zb)", "reached"],
        "h": ["reached", "cut by sg(Pb)"]
      ])
  }

  /// Norms are of each term's own gradient: twice the term, twice the norm.
  @Test func normsAreOfTheTerm() throws {
    let rows = try flow("loss -Za . sg(Zb) - 2*(Za . sg(Zb))").rows
    for row in rows where row.module != "h" {
      guard case .reached(let one) = row.links[0], case .reached(let two) = row.links[1] else {
        Issue.record("both terms reach \(row.module)")
        continue
      }
      #expect(abs(two / one - 2) < 1e-4)
    }
  }

  @Test func furtherModulesAreRows() throws {
    let text = "module hinv = fc D\nloss -normalize(hinv(sg(pa))) . sg(Zb) - Pa . sg(Zb)"
    #expect(try words(text)["hinv"] == ["reached", "absent"])
    #expect(try words(text)["h"] == ["cut by sg(pa)", "reached"])
  }

  // MARK: What a step does with it

  @Test func whatIsCutIsLeftAlone() throws {
    let laboratory = try Laboratory("loss -normalize(h(sg(za))) . sg(Zb)")
    let before = try (laboratory.parameters("encoder"), laboratory.parameters("projector"), laboratory.parameters("h"))
    try laboratory.train(.steps(3))
    #expect(try laboratory.parameters("encoder") == before.0)
    #expect(try laboratory.parameters("projector") == before.1)
    #expect(try laboratory.parameters("h") != before.2)
  }

  @Test func freezeInALossLeavesTheModule() throws {
    let laboratory = try Laboratory("loss -normalize(freeze(h)(za)) . sg(Zb)")
    let before = try (laboratory.parameters("encoder"), laboratory.parameters("h"))
    try laboratory.train(.steps(3))
    #expect(try laboratory.parameters("encoder") != before.0)
    #expect(try laboratory.parameters("h") == before.1)
  }

  @Test func sgOfAListStopsEveryItem() throws {
    let laboratory = try Laboratory("loss -Z[1] . mean(sg(Z[2..2]))")
    #expect(try laboratory.number("max(abs(grad(loss, Z[2])))") == 0)
    #expect(try laboratory.number("max(abs(grad(-Za . mean(sg([Za, Zb])), Za) + (Za + Zb)/(2*M)))") < 1e-7)
  }
}
