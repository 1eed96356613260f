import Experiments
import SourceText
import Syntax
import Testing

@Suite struct DecompositionTests {
  private let site = SourceSpan(SourceFile(name: "test", text: "decompose grad"), 10..<14)

  private func decomposed(_ text: String, on sample: Sample? = nil) throws -> [GradientDecomposition] {
    try Laboratory(text).experiment.decomposeGradient(on: sample, at: site).parts
  }

  private func vectors(_ text: String, _ laboratory: Laboratory) throws -> VectorDecomposition {
    try laboratory.experiment.decompose(try Parser.expression(of: SourceFile(name: "test", text: text)), on: nil).0
  }

  // MARK: decompose grad

  struct Scale: Sendable, CustomTestStringConvertible {
    let loss: String
    let target: String
    let scale: Double
    var testDescription: String { loss }
  }

  /// The coefficient of the basic gradient, read off the formula: nothing is fitted.
  @Test(arguments: [
    Scale(loss: "let Ge = -Zn\nloss -Za . sg(Zb + Ge)", target: "Za", scale: 0.5),
    Scale(loss: "let Ge = -Zn\nloss -Za . sg(Zb + oe)", target: "Za", scale: 0.5),
    Scale(loss: "let Ge = -Zn\nloss -Za . sg(Zb + re)", target: "Za", scale: 0.5),
    Scale(loss: "loss onesided -Za . sg(Zb - Zn)", target: "Za", scale: 1),
    Scale(loss: "loss -3*(Za . sg(Zb))", target: "Za", scale: 1.5),
    Scale(loss: "loss -Za . Zb", target: "Za", scale: 1),
    Scale(loss: "loss infonce(Za, sg(Zb), 0.5)", target: "Za", scale: 1),
    Scale(loss: "loss infonce(Za, sg(Zb), 0.1)", target: "Za", scale: 5),
    Scale(loss: "loss 0.1*infonce(Za, sg(Zb), 0.1)", target: "Za", scale: 0.5),
    Scale(loss: "loss -Pa . sg(Zb)", target: "Pa", scale: 0.5),
    Scale(loss: "loss -Pa . sg(Pb + Zb - Pb)", target: "Pa", scale: 0.5)
  ])
  func theScaleIsExact(_ case: Scale) throws {
    let found = try #require(try decomposed(`case`.loss).first { $0.target == `case`.target })
    #expect(abs(try #require(found.scale) - `case`.scale) < 1e-6)
  }

  /// What is left over beside Zb is the Ge that was written.
  @Test func theTripletsExtraGradient() throws {
    let laboratory = try Laboratory("let Ge = -Zn\nloss -Za . sg(Zb + Ge)")
    let found = try laboratory.experiment.decomposeGradient(on: nil, at: site).parts[0]
    #expect(abs(found.extraCenter - (try laboratory.number("norm(oe)"))) < 1e-5)
    #expect(abs(found.extraResidual - (try laboratory.number("sqrt(mean(norm(re)^2))"))) < 1e-5)
    #expect(abs(found.eta - (try laboratory.number("component(oe, oz)"))) < 1e-4)
    #expect(abs(found.centerCosine - (try laboratory.number("cos(oe, oz)"))) < 1e-5)
    #expect(found.sentence.hasPrefix("de-centers: η = -"))
  }

  @Test func theParts() throws {
    let center = try decomposed("let Ge = -Zn\nloss -Za . sg(Zb + oe)")[0]
    #expect(center.extraResidual < 1e-5)
    #expect(center.sentence.hasSuffix("; no extra residual"))
    let residual = try decomposed("let Ge = -Zn\nloss -Za . sg(Zb + re)")[0]
    #expect(residual.extraCenter < 1e-5)
    #expect(residual.sentence.hasPrefix("no extra center: nothing de-centers; "))
    let neither = try decomposed("loss -Za . sg(Zb)")[0]
    #expect(neither.sentence == "no extra gradient: only the basic one")
    let toCenter = try decomposed("loss -Za . sg(Zb + oz)")[0]
    #expect(abs(toCenter.eta - 1) < 1e-4)
    #expect(toCenter.sentence == "pulls toward the center, which favours collapse: η = 1; no extra residual")
  }

  /// SimSiam on Pa: Ge = Zb - Pb, so oe is written with other rows than `oz - op` but says the same.
  @Test func simSiamOnPredictions() throws {
    let laboratory = try Laboratory("loss -Pa . sg(Zb)")
    let found = try #require(try laboratory.experiment.decomposeGradient(on: nil, at: site).parts.first { $0.target == "Pa" })
    #expect(abs(found.eta - (try laboratory.number("component(center(Zb - Pb), op)"))) < 1e-4)
    #expect(found.text.hasPrefix("-∂loss/∂Pa = 0.5·(Pb + Ge)\n"))
  }

  /// A gradient that comes through a module has no basic term: all of it is Ge.
  @Test func aGradientThroughAModuleIsAllExtra() throws {
    let laboratory = try Laboratory("loss -normalize(h(Za)) . sg(Zb)")
    let found = try #require(try laboratory.experiment.decomposeGradient(on: nil, at: site).parts.first { $0.target == "Za" })
    #expect(found.scale == nil)
    #expect(abs(found.extraCenter - (try laboratory.number("norm(center(neggrad(loss, Za)))"))) < 1e-5)
  }

  @Test func infoNCEDecorrelates() throws {
    let found = try decomposed("loss infonce(Za, sg(Zb), 0.2)")[0]
    #expect(found.decorrelationCosine > 0.5)
    #expect(found.eta < -0.5)
  }

  @Test func aLossWithoutGradientOnEither() throws {
    #expect(throws: Diagnostic("the loss depends on neither `za` nor `pa`", at: site)) { try decomposed("loss fa . sg(fb)") }
    #expect(
      throws: Diagnostic("there is no loss to decompose yet", at: site, hint: "`loss -Pa . sg(Zb)` is SimSiam's")
    ) { try decomposed("") }
  }

  // MARK: decompose Za

  @Test func vectorsAreCenterAndResidual() throws {
    let laboratory = try Laboratory()
    let found = try vectors("Za", laboratory)
    #expect(abs(found.norm - 1) < 1e-6)
    #expect(abs(found.rmsRatios.center * found.rmsRatios.center + found.rmsRatios.residual * found.rmsRatios.residual - 1) < 1e-6)
    #expect(abs(found.center - (try laboratory.number("norm(center(Za))"))) < 1e-6)
    #expect(abs(found.std - (try laboratory.number("mean(std(Za))"))) < 1e-6)
    #expect(abs(found.covariance - (try laboratory.number("decorrelation(Za)"))) < 1e-7)
    #expect(abs(found.spectrum.reduce(0, +) - 1) < 1e-6)
    #expect(found.spectrum == found.spectrum.sorted(by: >))
    #expect(found.spectrum.count == 32)
  }

  /// Four corners of a square, moved by (3, 4): all of it is known.
  @Test func aSquare() throws {
    let found = try vectors("[[4, 5], [4, 3], [2, 5], [2, 3]]", Laboratory())
    #expect(abs(found.center - 5) < 1e-6)
    #expect(abs(found.residual - 2.0.squareRoot()) < 1e-6)
    #expect(found.covariance < 1e-12)
    #expect(abs(found.effectiveRank - 2) < 1e-5)
    #expect(found.spectrum.map { ($0 * 1e6).rounded() } == [500_000, 500_000])
  }

  @Test func whatIsNoBatch() throws {
    let laboratory = try Laboratory()
    let error = #expect(throws: Diagnostic.self) { try vectors("oz", laboratory) }
    #expect(error?.message == "`decompose` takes a batch of vectors, and `oz` is a vector of dim 32")
  }
}
