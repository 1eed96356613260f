import Experiments
import Testing

/// What the paper derives, on one batch of an untrained network against autodiff.
@Suite struct PaperIdentityTests {
  private func laboratory(_ text: String = "") throws -> Laboratory { try Laboratory(text) }

  private func expectEqual(
    _ left: String, _ right: String, _ laboratory: Laboratory, within tolerance: Double = 1e-5,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try laboratory.relativeError(left, right) < tolerance, sourceLocation: sourceLocation)
  }

  // MARK: Section 2 and 3

  /// Eq. 1 on unit rows: ‖Za - Zb‖² = 2 - 2·Za·Zb.
  @Test func equation1() throws {
    try expectEqual("mse(Za, Zb)", "2 - 2*(Za . Zb)", laboratory())
  }

  /// Eq. 2 and 3: the negative gradient of the loss is the target.
  @Test func equation3() throws {
    let laboratory = try laboratory()
    try expectEqual("neggrad(-Za . sg(Zb), Za)", "Zb", laboratory)
    try expectEqual("neggrad(-Pa . sg(Zb), Pa)", "Zb", laboratory)
    try laboratory.type("let Ge = -Zn\nloss -Za . sg(Zb + Ge)")
    try expectEqual("neggrad(loss, Za)", "(Zb - Zn)/2", laboratory)
    try laboratory.type("loss -Za . sg(Zb + oe)")
    try expectEqual("neggrad(loss, Za)", "(Zb + oe)/2", laboratory)
    try expectEqual("Ge", "oe + re", laboratory)
  }

  /// Z = o + r with E r = 0, so the mean squares add up: mo² + mr² = 1 for unit rows.
  @Test func centerAndResidual() throws {
    let laboratory = try laboratory()
    #expect(abs(try laboratory.number("mo^2 + mr^2") - 1) < 1e-6)
    #expect(abs(try laboratory.number("norm(oz)") - (try laboratory.number("mo"))) < 1e-6)
    #expect(abs(try laboratory.number("norm(center(Za))^2 + mean(norm(residual(Za))^2)") - 1) < 1e-6)
    #expect(try laboratory.number("norm(center(ra) + center(rb))") < 1e-6)
    try expectEqual("Za", "oz + ra", laboratory)
    try expectEqual("oz", "(center(Za) + center(Zb))/2", laboratory)
    try expectEqual("op", "(center(Pa) + center(Pb))/2", laboratory)
    try expectEqual("mean(std(cat(Za, Zb)))", "std", laboratory)
  }

  /// The gradient on z is that on Z, projected on the sphere's tangent and divided by the length.
  @Test func theGradientThroughNormalisation() throws {
    try expectEqual("neggrad(-Za . sg(Zb), za)", "(Zb - dot(Za, Zb)*Za)/norm(za)", laboratory())
  }

  // MARK: InfoNCE

  /// Eq. 6, with the 1/τ that it drops.
  @Test(arguments: [0.1, 0.5, 1]) func equation6(tau: Double) throws {
    let laboratory = try laboratory("val tau = \(tau)")
    try expectEqual(
      "neggrad(infonce(Za, sg(Zb), tau), Za)", "(Zb - lambda(Za, Zb, tau) @ Zb)/tau", laboratory, within: 2e-5)
    try expectEqual("mean(sum(lambda(Za, Zb, tau), 2))", "1", laboratory)
  }

  /// Keys that are not stopped get a gradient of their own, by columns.
  @Test func gradientThroughTheKeys() throws {
    try expectEqual(
      "neggrad(infonce(sg(Za), Zb, 0.5), Zb)", "(Za - lambda(Za, Zb, 0.5)' @ Za)/0.5", laboratory(), within: 2e-5)
  }

  // MARK: Fig. 5a

  /// η_p and η_z are the zeros of cos(oe - η·o, o); their product is exact when oe is written with the centers.
  @Test func etaIsTheZeroCrossing() throws {
    let laboratory = try laboratory()
    #expect(abs(try laboratory.number("cos(oz - op - component(oz - op, op)*op, op)")) < 1e-5)
    #expect(abs(try laboratory.number("cos(op - oz - component(op - oz, oz)*oz, oz)")) < 1e-5)
    try expectEqual("component(oz - op, op)", "cos(oz, op)*norm(oz)/norm(op) - 1", laboratory)
    try expectEqual("component(op - oz, oz)", "cos(oz, op)*norm(op)/norm(oz) - 1", laboratory)
    try expectEqual("(1 + component(oz - op, op))*(1 + component(op - oz, oz))", "cos(oz, op)^2", laboratory)
  }

  // MARK: Table 4

  /// With Ge = Zb - Pb the four targets are Zb, Pb recentered on Z, Zb recentered on P, and Pb; the gradient on Pa is the target.
  @Test func theFourTargetsOfTable4() throws {
    let laboratory = try laboratory("let Ge = Zb - Pb")
    let targets = [
      ("Pb + Ge", "Zb"), ("Pb + oe", "residual(Pb) + center(Zb)"), ("Pb + re", "residual(Zb) + center(Pb)"), ("Pb + Ge - oe - re", "Pb")
    ]
    for (target, rewritten) in targets {
      try expectEqual(target, rewritten, laboratory)
      try expectEqual("neggrad(-Pa . sg(\(target)), Pa)", rewritten, laboratory)
    }
  }

  // MARK: The bias predictor (A.8)

  /// The bias that a batch leads to, by descending its own loss: there the gradient on p has no center left, and b is the exact fixed point
  /// E[w(Zb - m·Za)]/E[w·m]. The paper's m, with cossim(Za, Zb), is not what it converges to.
  @Test func theBiasConvergesToTheExactFixedPoint() throws {
    let laboratory = try laboratory("val b = 0*oz\nlet p = Za + b\nlet P = normalize(p)")
    for _ in 1...250 { try laboratory.type("val b = b - 0.5*grad(-P . sg(Zb), b)") }
    #expect(try laboratory.number("norm(b)") > 0.05)
    #expect(try laboratory.number("norm(center(neggrad(-P . sg(Zb), p)))") < 1e-4)
    try laboratory.type("let w = 1/norm(p)\nlet m = dot(P, Zb)/norm(p)\nlet literal = dot(Za, Zb)/norm(p)")
    #expect(try laboratory.number("norm(center(w*(Zb - m*Za))/mean(w*m) - b)/norm(b)") < 1e-3)
    #expect(try laboratory.number("norm(center(w*(Zb - literal*Za))/mean(w*literal) - b)/norm(b)") > 0.05)
  }

  /// Eq. 8, 10 and 14: with p = z + b, the negative gradient on b is the mean over rows of (Zb - cos(Pa, Zb)·Pa)/‖pa‖.
  @Test func equation8() throws {
    let laboratory = try laboratory("predictor bias\nval b = normalize(randn(D))")
    try laboratory.type("let p = za + b\nlet P = normalize(p)")
    try expectEqual(
      "-grad(-P . sg(Zb), b)", "center((Zb - dot(P, Zb)*P)/norm(p))", laboratory)
    // Eq. 10 and 14: the gradient splits into the target less m times the projection, and less m·b.
    try expectEqual(
      "-grad(-P . sg(Zb), b)", "center(Zb/norm(p)) - center(dot(P, Zb)*za/norm(p)^2) - mean(dot(P, Zb)/norm(p)^2)*b", laboratory)
    // The exact fixed point: at b = E[w(Zb - m·za)]/E[w·m] with these w and m the gradient would vanish; with b kept in w and m, it is
    // what one step of the fixed point adds.
    try laboratory.type("let w = 1/norm(p)\nlet m = dot(P, Zb)/norm(p)")
    try expectEqual("-grad(-P . sg(Zb), b)", "center(w*(Zb - m*za)) - mean(w*m)*b", laboratory)
  }

  @Test func theBiasPredictorIsThat() throws {
    let laboratory = try laboratory("predictor bias")
    try laboratory.type("loss -Pa . sg(Zb)")
    try laboratory.train(.steps(3))
    #expect(try laboratory.number("norm(bias(h))") > 0)
    try expectEqual("pa", "za + bias(h)", laboratory)
  }

  // MARK: The decomposition's other gradient (A.6)

  /// Alg. 6: the gradient of the squared off-diagonal covariances, by hand.
  @Test func decorrelationGradient() throws {
    try expectEqual("grad(decorrelation(za), za)", "4/(D*(M - 1))*residual(za) @ offdiag(cov(za))", laboratory())
  }

  /// Fig. 9's loss is a mean over entries.
  @Test func meanSquaredErrorPerEntry() throws {
    try expectEqual("mse(za, zb)/D", "mean((za - zb)^2)", laboratory())
  }

  // MARK: Second derivatives through the network's outputs

  /// The directional derivative of a gradient is that of the loss, twice: a quadratic's is constant.
  @Test func aGradientIsAnExpression() throws {
    let laboratory = try laboratory()
    try expectEqual("grad(sum(grad(mse(za, sg(zb)), za)^2), za)", "8*(za - zb)/M^2", laboratory)
    try expectEqual("grad(sum(grad(sum(za^3), za)), za)", "6*za", laboratory)
  }
}
