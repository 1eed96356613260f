import Commands
import Testing

/// Symmetrisation: ½·E + ½·swap(E), and what swap leaves where it is.
@Suite struct SwapTests {
  private let prompt: Prompt

  init() throws { prompt = try Prompt(Prompt.small + "let Ge = -Zn\nlet other = Zb\nlet mine = 2*Za\nval fixed = Za") }

  /// Largest difference of two formulas on one batch.
  private func difference(_ left: String, _ right: String) throws -> Double {
    try prompt.number("max(abs(\(left) - (\(right))))")
  }

  @Test(arguments: ["Za", "zb", "pa", "Pb", "fa", "ra", "rb", "Zn", "oe", "re", "other", "mine", "h(sg(za))", "Za @ Zb'"])
  func twiceIsTheIdentity(_ expression: String) throws {
    #expect(try difference("swap(swap(\(expression)))", expression) == 0)
  }

  @Test(arguments: [
    ("za", "zb"), ("Za", "Zb"), ("pa", "pb"), ("Pa", "Pb"), ("fa", "fb"), ("ra", "rb"), ("other", "Za"), ("mine", "2*Zb"),
    ("h(za)", "pb"), ("lambda(Za, Zb, 0.5)", "lambda(Zb, Za, 0.5)")
  ])
  func lettersAreExchangedByMeaning(_ expression: String, _ swapped: String) throws {
    #expect(try difference("swap(\(expression))", swapped) == 0)
    #expect(try difference(expression, swapped) > 0)
  }

  @Test(arguments: ["oz", "op", "fixed", "bias(h)", "Z[1]", "Z[2]", "M", "3"]) func theseStay(_ expression: String) throws {
    #expect(try difference("swap(\(expression))", expression) == 0)
  }

  /// The rows of view a in the order in which `Zn` has those of view b.
  @Test func negativesKeepTheirPermutation() throws {
    #expect(try difference("Zn @ Zn'", "swap(swap(Zn)) @ Zn'") == 0)
    // Row i of Zn is a row k ≠ i of Zb; that of swap(Zn) is the same row k of Za.
    for row in [1, 17, 64] {
      let matches = try (1...64).filter { try difference("Zn[\(row), :]", "Zb[\($0), :]") == 0 }
      let place = try #require(matches.first)
      #expect(matches.count == 1 && place != row)
      #expect(try difference("swap(Zn)[\(row), :]", "Za[\(place), :]") == 0)
    }
  }

  @Test func symmetrisingTwiceIsOnce() throws {
    prompt("loss -Pa . sg(Zb + oe)")
    let once = try prompt.value("loss")
    prompt("loss (-Pa . sg(Zb + oe))/2 + swap(-Pa . sg(Zb + oe))/2")
    #expect(try prompt.value("loss") == once)
    #expect(try prompt.value("swap(loss)") == once)
  }

  /// What the echo prints can be typed again.
  @Test func theEchoIsTheLoss() throws {
    let echo = prompt("loss -Pa . sg(Zb + oe)").notes.first ?? ""
    let line = echo.split(separator: "\n").first.map(String.init) ?? ""
    #expect(line == "loss = (-Pa . sg(Zb + center(-Zn)))/2 + swap(-Pa . sg(Zb + center(-Zn)))/2")
    let once = try prompt.value("loss")
    #expect(prompt("loss " + line.dropFirst("loss = ".count)).end == .completed)
    #expect(try prompt.value("loss") == once)
  }

  @Test func equation2TypedInFullIsTwiceOneSide() throws {
    prompt("loss -Pa . sg(Zb)")
    let side = try prompt.number("norm(grad(loss, Pa)[1, :])")
    let value = try prompt.number("loss")
    prompt("loss -Pa . sg(Zb) - Pb . sg(Za)")
    #expect(abs(try prompt.number("norm(grad(loss, Pa)[1, :])") - 2 * side) < 1e-6 * side)
    #expect(abs(try prompt.number("loss") - 2 * value) < 1e-5)
  }

  @Test func theLossInAFormulaIsTheSymmetrisedOne() throws {
    prompt("loss -Za . sg(Zb)")
    #expect(try difference("neggrad(loss, Za)", "Zb/2") < 1e-6)
    #expect(try difference("neggrad(loss, Zb)", "Za/2") < 1e-6)
    prompt("loss onesided -Za . sg(Zb)")
    #expect(try difference("neggrad(loss, Za)", "Zb") < 1e-6)
    #expect(try prompt.number("max(abs(neggrad(loss, Zb)))") == 0)
  }

  @Test func viewNumbersAreOneSided() throws {
    let echo = prompt("loss -Z[1] . sg(Z[2])")
    #expect(echo.notes.first?.hasPrefix("loss = -Z[1] . sg(Z[2])\n") == true)
    #expect(try difference("neggrad(loss, Za)", "Zb") < 1e-6)
  }

  @Test func severalViews() throws {
    let prompt = try Prompt(Prompt.small + "views 4\nloss -Z[1] . sg(normalize(mean(Z[2..4])))")
    #expect(try prompt.number("max(abs(Z[1] - Za))") == 0)
    #expect(try prompt.number("max(abs(mean(Z[2..4]) - (Z[2] + Z[3] + Z[4])/3))") < 1e-6)
    #expect(try prompt.number("max(abs(neggrad(loss, Za) - normalize(mean(Z[2..4]))))") < 1e-6)
    #expect(try prompt.number("max(abs(grad(Z[1] . mean(sg(Z[2..4])), Z[3])))") == 0)
    #expect(prompt("train 2 steps").end == .completed)
  }
}
