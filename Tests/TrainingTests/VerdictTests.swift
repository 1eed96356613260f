import Testing
import Training

/// The rules and the sentences of a verdict.
@Suite struct VerdictTests {
  private func space(_ std: Double, _ mr: Double, name: String = "Z", dimension: Int = 256) -> Verdict.Space {
    Verdict.Space(name: name, dimension: dimension, std: std, mo: (1 - mr * mr).squareRoot(), mr: mr)
  }

  @Test(arguments: [
    (0.061, 0.99, Verdict.Word.no, "no collapse (std 0.061 ≈ 1/√256 = 0.0625, mr 0.99)"),
    (0.031, 0.55, .no, "no collapse (std 0.031 < 1/√256 = 0.0625, mr 0.55)"),
    (0.0281, 0.45, .partial, "partial collapse (std 0.028 < 1/√256 = 0.0625, mr 0.45)"),
    (0.0021, 0.04, .full, "collapse (std 0.0021 ≪ 1/√256 = 0.0625, mr 0.04)"),
    (0.013, 0.199, .full, "collapse (std 0.013 < 1/√256 = 0.0625, mr 0.20)"),
    (0.0124, 0.3, .full, "collapse (std 0.012 ≪ 1/√256 = 0.0625, mr 0.30)"),
    (0, 0, .full, "collapse (std 0 ≪ 1/√256 = 0.0625, mr 0)"),
    (.nan, .nan, .diverged, "diverged (std NaN < 1/√256 = 0.0625, mr NaN)")
  ])
  func oneSpace(std: Double, mr: Double, word: Verdict.Word, sentence: String) {
    let verdict = Verdict(spaces: [space(std, mr)], batch: 256)
    #expect(verdict.word == word)
    #expect(verdict.sentence == sentence)
    #expect(verdict.isCollapsed == (word == .full))
    #expect(verdict.warnings.isEmpty)
    #expect(verdict.statistics == "training")
  }

  /// About as large is within a tenth.
  @Test(arguments: [(0.0624, "≈"), (0.057, "≈"), (0.055, "<"), (0.0687, "≈"), (0.07, ">"), (0.01, "≪")])
  func aboutIsWithinATenth(std: Double, relation: String) {
    #expect(Verdict(spaces: [space(std, 0.9)], batch: 256).sentence.contains(" \(relation) 1/√256 = 0.0625"))
  }

  @Test func theWorseOfTwoSpacesDecides() {
    let verdict = Verdict(spaces: [space(0.05, 0.83), space(0.0021, 0.031, name: "P")], batch: 256)
    #expect(verdict.word == .full)
    #expect(verdict.spaces.map(\.name) == ["P", "Z"])
    #expect(verdict.sentence == "collapse of P (std 0.0021 ≪ 1/√256 = 0.0625, mr 0.03; Z: std 0.05, mr 0.83)")
    let healthy = Verdict(spaces: [space(0.061, 0.98), space(0.06, 0.97, name: "P")], batch: 256)
    #expect(healthy.sentence == "no collapse (Z: std 0.061 ≈ 1/√256 = 0.0625, mr 0.98; P: std 0.06, mr 0.97)")
  }

  @Test func divergenceNamesStepAndCause() {
    let nan = Verdict.Divergence(step: 12, quantity: "loss", value: .nan)
    let verdict = Verdict(spaces: [space(0.06, 0.97)], batch: 256, divergence: nan)
    #expect(verdict.word == .diverged && verdict.sentence == "diverged at step 12 (loss NaN)")
    let infinite = Verdict.Divergence(step: 1, quantity: "loss", value: .infinity)
    #expect(Verdict(spaces: [], batch: 256, divergence: infinite).sentence == "diverged at step 1 (loss ∞)")
    let gradient = Verdict.Divergence(step: 3, quantity: "gradient of h/fc1/weight")
    #expect(
      Verdict(spaces: [], batch: 256, divergence: gradient).sentence
        == "diverged at step 3 (gradient of h/fc1/weight not finite)")
  }

  @Test func nothingMeasuredIsNoVerdict() {
    let verdict = Verdict(spaces: [], batch: 256)
    #expect(verdict.word == .unjudged && verdict.sentence == "no verdict: nothing was measured")
  }

  @Test func aSteepFallIsTold() throws {
    let falling = (0..<100).map { 0.9 - 0.003 * Double($0) }
    let verdict = Verdict(spaces: [space(0.035, 0.6)], trace: falling, batch: 256)
    #expect(verdict.stillFalling)
    #expect(verdict.sentence == "no collapse (std 0.035 < 1/√256 = 0.0625, mr 0.60), but mr is still falling: 0.69 → 0.63")
    let fall = try #require(verdict.fall)
    #expect(abs(fall.before - 0.6915) < 1e-9 && abs(fall.after - 0.6315) < 1e-9)
    #expect(verdict.warnings.isEmpty)
  }

  @Test func slowOrShortFallsAndCollapsesAreNot() {
    let slow = (0..<100).map { 0.9 - 0.001 * Double($0) }
    #expect(!Verdict(spaces: [space(0.05, 0.8)], trace: slow, batch: 256).stillFalling)
    let short = (0..<20).map { 0.9 - 0.03 * Double($0) }
    #expect(!Verdict(spaces: [space(0.05, 0.8)], trace: short, batch: 256).stillFalling)
    let steep = (0..<100).map { 0.9 - 0.008 * Double($0) }
    #expect(!Verdict(spaces: [space(0.005, 0.1)], trace: steep, batch: 256).stillFalling)
  }

  @Test func lowRankAndSmallBatchesAreWarnings() {
    let verdict = Verdict(spaces: [space(0.06, 0.97)], rank: 3.14, batch: 64)
    #expect(verdict.word == .no)
    #expect(
      verdict.warnings.map(\.message)
        == ["the effective rank is only 3.1", "with a batch of 64 a center is noisy: about 1/√64 = 0.12"])
    #expect(Verdict(spaces: [space(0.06, 0.97)], rank: 8, batch: 128).warnings.isEmpty)
    #expect(Verdict(spaces: [space(0.001, 0.02)], rank: 1, batch: 128).warnings.isEmpty)
  }

  @Test func thresholdsCanBeSet() {
    let strict = VerdictThresholds(full: 0.5, partial: 0.9)
    #expect(Verdict(spaces: [space(0.05, 0.83)], batch: 256, thresholds: strict).word == .partial)
    #expect(Verdict(spaces: [space(0.05, 0.45)], batch: 256, thresholds: strict).word == .full)
    #expect(Verdict(spaces: [space(0.05, 0.45)], batch: 256, thresholds: strict).thresholds == strict)
  }
}
