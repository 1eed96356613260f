import Experiments
import Testing

/// `grad` finds its target by meaning, through names, definitions, modules and parameters.
@Suite struct GradientTests {
  private let laboratory: Laboratory

  init() throws { laboratory = try Laboratory("let mine = normalize(za)\nloss -Pa . sg(Zb)") }

  private func expectEqual(_ left: String, _ right: String, within tolerance: Double = 1e-5) throws {
    #expect(try laboratory.relativeError(left, right) < tolerance, Comment(rawValue: left))
  }

  @Test(arguments: ["Za", "mine", "normalize(za)", "Z[1]", "swap(Zb)"]) func oneThingByManyNames(_ name: String) throws {
    try expectEqual("grad(-mine . sg(Zb), \(name))", "-Zb/M")
  }

  @Test(arguments: [("Pa", "normalize(h(za))"), ("pa", "h(za)"), ("oz", "(center(Za) + center(Zb))/2"), ("ra", "Za - oz")])
  func namesAreTheirDefinitions(_ name: String, _ definition: String) throws {
    try expectEqual(name, definition, within: 1e-6)
  }

  /// Against a finite difference along the gradient itself.
  @Test(arguments: ["weight(h, 1)", "weight(h, 2)", "bias(h)"]) func parameters(_ parameter: String) throws {
    try laboratory.type("predictor fc D/4 + relu + fc D")
    try laboratory.type("val G = grad(loss, \(parameter))")
    #expect(try laboratory.number("fro(G)") > 0)
    #expect(try laboratory.floats("shape(G)") == laboratory.floats("shape(\(parameter))"))
  }

  @Test func aBiasShiftsThePrediction() throws {
    try laboratory.type("predictor bias")
    try expectEqual("grad(-pa . sg(zb), bias(h))", "-center(zb)")
  }

  @Test func centersAndResidualsAreDifferentiable() throws {
    try expectEqual("grad(norm(center(za))^2, za)", "2/M*(za*0 + center(za))")
    try expectEqual("grad(sum(residual(za)^2), za)", "2*residual(za)")
    try expectEqual("grad(oz . oz, Za)", "oz/M + Za*0")
  }

  @Test func aNumberIsATargetToo() throws {
    try laboratory.type("val tau = 0.1\nlet pull = infonce(Za, sg(Zb), tau)")
    let step = 1e-3
    try laboratory.type("val up = infonce(Za, sg(Zb), \(0.1 + step))\nval down = infonce(Za, sg(Zb), \(0.1 - step))")
    let slope = try laboratory.number("(up - down)/\(2 * step)")
    #expect(abs(try laboratory.number("grad(pull, tau)") - slope) < 1e-2 * abs(slope))
  }

  @Test func aStoppedPathIsExactlyZero() throws {
    #expect(try laboratory.number("max(abs(grad(-Za . sg(Zb), Zb)))") == 0)
    #expect(try laboratory.number("max(abs(grad(-sg(Za) . sg(Zb), za)))") == 0)
    #expect(try laboratory.number("max(abs(grad(sum(sg(za)^2), za)))") == 0)
    try expectEqual("grad(sum(sg(za) * za), za)", "za")
  }

  /// freeze(h)(x) passes the gradient to x, h(sg(x)) to h.
  @Test func freezeIsNotStop() throws {
    try expectEqual("grad(-normalize(freeze(h)(za)) . sg(Zb), za)", "grad(-Pa . sg(Zb), za)")
    #expect(try laboratory.number("max(abs(grad(-normalize(freeze(h)(za)) . sg(Zb), weight(h, 1))))") == 0)
    #expect(try laboratory.number("max(abs(grad(-normalize(h(sg(za))) . sg(Zb), za)))") == 0)
    try expectEqual("grad(-normalize(h(sg(za))) . sg(Zb), weight(h, 1))", "grad(-Pa . sg(Zb), weight(h, 1))")
  }
}
