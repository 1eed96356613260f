import Experiments
import Testing

/// Two fresh runs differ only in what was changed: every stream has a name of its own.
@Suite struct EqualStartTests {
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Typed before the loss.
    var text = ""
    var loss = "loss -Pa . sg(Zb)"
    var set: @Sendable (inout ExperimentSettings) -> Void = { _ in }

    func laboratory() throws -> Laboratory { try Laboratory("\(text)\n\(loss)", change: set) }
  }

  static let base = Change(testDescription: "base")

  /// Those that leave what is trained as it is.
  static let besides = [
    Change(testDescription: "a metric", text: "track angle = cos(oz, op) every step"),
    Change(testDescription: "a metric once an epoch", text: "track length = norm(oz) every epoch"),
    Change(testDescription: "a metric that draws", text: "track noise = norm(center(randn(M, D))) every step"),
    Change(testDescription: "no probe", set: { $0.isProbeOn = false }),
    Change(testDescription: "a further module", text: "module hinv = fc D/4 + bn + relu + fc D"),
    Change(testDescription: "a value that draws", text: "val noise = randn(64, 32)")
  ]

  static let changes =
    besides + [
      Change(testDescription: "another loss", loss: "let Ge = -Zn\nloss -Za . sg(Zb + oe)"),
      Change(testDescription: "another predictor", text: "predictor fc D/2 + relu + fc D"),
      Change(testDescription: "no predictor", text: "predictor none", loss: "loss -Za . sg(Zb)"),
      Change(testDescription: "another rate", set: { $0.rate = 0.1 })
    ]

  @Test(arguments: changes) func theStartIsShared(_ change: Change) throws {
    let base = try Self.base.laboratory()
    let changed = try change.laboratory()
    for module in ["encoder", "projector", "probe"] { #expect(try changed.parameters(module) == base.parameters(module)) }
    for step in [0, 5, 8, 20] {
      let (before, after) = (try base.batch(step), try changed.batch(step))
      #expect(before.indices == after.indices)
      #expect(before.views == after.views)
    }
    for name in ["za", "Zb", "Zn", "randn(M, D)", "rand(3)", "center(Zn @ randn(D, D))"] {
      #expect(try base.floats(name) == changed.floats(name))
    }
  }

  /// Weights of equal predictors depend on (seed, name), not on what was built before.
  @Test func weightsDependOnSeedAndName() throws {
    let base = try Self.base.laboratory()
    let rebuilt = try Self.base.laboratory()
    try rebuilt.type("predictor none")
    _ = try rebuilt.floats("za")
    try rebuilt.type("predictor fc D/4 + bn + relu + fc D\nmodule other = fc D/4 + bn + relu + fc D")
    #expect(try rebuilt.parameters("h") == base.parameters("h"))
    #expect(try rebuilt.parameters("other") != base.parameters("h"))
  }

  @Test(arguments: besides) func whatIsBesideTheLossChangesNoSeries(_ change: Change) throws {
    let base = try Self.base.laboratory().train(.steps(10))
    let changed = try change.laboratory().train(.steps(10))
    for metric in ["loss", "std", "mo", "mr", "mr_p"] { #expect(changed.series(metric) == base.series(metric)) }
  }

  @Test func oneSeedIsOneRun() throws {
    let first = try Self.base.laboratory()
    let second = try Self.base.laboratory()
    let (a, b) = (try first.train(.epochs(2)), try second.train(.epochs(2)))
    #expect(a.steps == b.steps)
    #expect(a.epochs == b.epochs)
    for module in ["encoder", "projector", "h", "probe"] { #expect(try first.parameters(module) == second.parameters(module)) }
  }

  @Test func anotherSeedIsAnother() throws {
    let first = try Self.base.laboratory()
    let second = try Laboratory("loss -Pa . sg(Zb)") { $0.seed = 1 }
    #expect(try first.parameters("encoder") != second.parameters("encoder"))
    #expect(try first.batch(0).indices != second.batch(0).indices)
    #expect(try first.floats("randn(4)") != second.floats("randn(4)"))
    #expect(try first.train(.steps(3)).series("loss") != second.train(.steps(3)).series("loss"))
  }

  @Test func resetRewindsEverything() throws {
    let laboratory = try Laboratory("let noise = randn(3)\ntrack n = norm(noise) every step\nloss -Za . sg(Zb + 0.1*Zn)")
    let weights = try laboratory.parameters("encoder")
    let draws = try (laboratory.floats("randn(3)"), laboratory.floats("randn(3)"))
    let first = try laboratory.train(.steps(10))
    #expect(try laboratory.parameters("encoder") != weights)
    laboratory.experiment.reset()
    #expect(laboratory.experiment.position == 0)
    #expect(try laboratory.parameters("encoder") == weights)
    #expect(try (laboratory.floats("randn(3)"), laboratory.floats("randn(3)")) == draws)
    #expect(draws.0 != draws.1)
    #expect(try laboratory.train(.steps(10)).steps == first.steps)
  }

  /// The seed is one: weights never come from one and images from another.
  @Test func aSeedTypedAfterTheModelIsTheOneFromTheBeginning() throws {
    let late = try Self.base.laboratory()
    _ = try late.floats("za")
    late.experiment.set { $0.seed = 7 }
    let early = try Laboratory("loss -Pa . sg(Zb)") { $0.seed = 7 }
    #expect(try late.floats("za") == early.floats("za"))
    #expect(try late.train(.steps(3)).steps == early.train(.steps(3)).steps)
  }

  @Test func aSeedTypedInTheMiddleWaitsForReset() throws {
    let plain = try Self.base.laboratory()
    let changed = try Self.base.laboratory()
    try plain.train(.steps(3))
    try changed.train(.steps(3))
    changed.experiment.set { $0.seed = 7 }
    #expect(changed.experiment.seed == 0)
    #expect(try changed.train(.steps(3)).steps == plain.train(.steps(3)).steps)
    changed.experiment.reset()
    #expect(changed.experiment.seed == 7)
  }

  // MARK: Draws

  @Test func aNameHasOneValueInAStep() throws {
    let laboratory = try Laboratory("let noise = randn(M, D)\nlet other = randn(M, D)\nlet both = noise + randn(M, D)")
    #expect(try laboratory.number("max(abs(noise - noise))") == 0)
    #expect(try laboratory.number("max(abs(swap(noise) - noise))") == 0)
    #expect(try laboratory.number("max(abs(noise - other))") > 0)
    #expect(try laboratory.number("max(abs(both - 2*noise))") > 0)
    #expect(try laboratory.number("max(abs(randn(5) - randn(5)))") > 0)
  }

  /// Drawn anew at every step, for every row and column, with the moments of a standard normal.
  @Test func drawsAreNormal() throws {
    let laboratory = try Laboratory("let x = randn(2000, 10)\nlet u = rand(2000, 10)")
    #expect(abs(try laboratory.number("mean(x)")) < 0.03)
    #expect(abs(try laboratory.number("mean(x^2)") - 1) < 0.05)
    #expect(abs(try laboratory.number("max(abs(offdiag(cov(x))))")) < 0.12)
    #expect(abs(try laboratory.number("mean(u)") - 0.5) < 0.01)
    #expect(try laboratory.number("min(u)") >= 0)
    #expect(try laboratory.number("max(u)") < 1)
    let tracked = try Laboratory("track n = norm(randn(8)) every step\nloss -Pa . sg(Zb)").train(.steps(6)).series("n")
    #expect(Set(tracked).count == 6)
  }

  @Test func negativesAreAnotherImageOfEveryRow() throws {
    let laboratory = try Laboratory()
    // A row of Zn is a row of Zb, each taken once, none its own.
    let zb = try rows(of: "Zb", laboratory)
    let zn = try rows(of: "Zn", laboratory)
    #expect(Set(zb) == Set(zn))
    #expect(!zip(zb, zn).contains { $0 == $1 })
  }

  private func rows(of name: String, _ laboratory: Laboratory) throws -> [[Float]] {
    let floats = try laboratory.floats(name)
    return stride(from: 0, to: floats.count, by: 32).map { Array(floats[$0..<$0 + 32]) }
  }
}
