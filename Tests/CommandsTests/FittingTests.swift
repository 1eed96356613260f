import Commands
import Testing

/// Which names fit at the end of a formula, by the shapes of what stands before it.
@Suite struct FittingTests {
  private static let setting = Prompt.small + "module other = fc 7\nval W = eye(D)\nlet Zc = 2 * Zb\n"

  private func names(_ beginning: String, _ setting: String = setting) throws -> Set<String>? {
    try Prompt(setting).session.names(fittingAfter: beginning).map(Set.init)
  }

  @Test(arguments: [
    (
      "Za . ", ["Zb", "Pa", "ra", "Zn", "Zc", "oz", "sg(", "normalize(", "h(", "center(", "swap("],
      ["fa", "M", "std", "W", "trace(", "encoder", "profile"]
    ),
    ("-Za . sg(", ["Zb", "oz", "h(", "Zc"], ["fa", "W", "loss"]),
    ("-Za . sg(Zb + ", ["oz", "Zn", "normalize(", "M"], ["fa", "profile", "h"]),
    ("Za @ ", ["W", "oz", "Zb'", "cov("], ["Zb", "fa", "M"]),
    ("fa . ", ["fb"], ["Za", "oz"]),
    ("infonce(Za, sg(", ["Zb", "Pb", "Zc"], ["fa", "M"]),
    ("infonce(Za, sg(Zb), ", ["M", "std"], ["Zb", "oz", "profile"]),
    ("h(", ["za", "Zb", "Zc"], ["fa", "M", "h"]),
    ("projector(", ["fa"], ["za"]),
    ("freeze(", ["h", "other"], ["Za", "M"]),
    ("tau * ", ["Zb", "M"], ["profile", "h"]),
    ("cos(oe - eta*op, ", ["op", "oz"], ["fa"]),
    ("[1, 2, 3] . ", [], ["Za", "oz"])
  ])
  func namesThatFit(beginning: String, fitting: [String], others: [String]) throws {
    let offered = try names(beginning, beginning.contains("oe") ? Self.setting + "let Ge = -Zn\n" : Self.setting) ?? []
    for name in fitting { #expect(offered.contains(name), "\(beginning)\(name)") }
    for name in others { #expect(!offered.contains(name), "\(beginning)\(name)") }
  }

  @Test func onlyWhatIsThere() throws {
    #expect(try names("")?.isDisjoint(with: ["Q", "Ta", "Ma", "oe"]) == true)
    #expect(try names("Za . ", Self.setting + "teacher 0.9\nqueue 128\nmemory 0.8\nlet Ge = -Zn\n")?.isSuperset(of: ["Ta", "Ma", "oe", "re"]) == true)
    #expect(try names("Za @ ", Self.setting + "queue 128\n")?.contains("Q'") == true)
    #expect(try names("Za . ", Self.setting + "predictor none\n")?.contains("Pa") == false)
  }

  @Test func beforeThereAreDataAndForTheLargestNetwork() throws {
    #expect(try names("Za . ", "")?.contains("Zb") == true)
    #expect(try names("Za . ", "use paper")?.contains("Zb") == true)
    #expect(try names("Za . ", "use paper")?.contains("fa") == false)
  }

  /// A batch that a `val` holds keeps its axes.
  @Test func aValueFitsByItsAxes() throws {
    let setting = Self.setting + "val old = Za\n"
    #expect(try names("Zb . ", setting)?.contains("old") == true)
    #expect(try names("fb . ", setting)?.contains("old") == false)
  }

  @Test(arguments: ["Za . )", "nonsense . ", "Za . fa + ", "\"", "Za Zb ", "run("]) func nothingIsKnownOfNonsense(beginning: String) throws {
    #expect(try names(beginning) == nil)
  }

  @Test func whatCanBeChangedOfARun() throws {
    let prompt = try Prompt(Prompt.small + "val tau = 0.5\nloss -Za . sg(Zb)/tau\ntrain 1 steps as \"a\"\n")
    let names = prompt.session.changeableNames(ofRun: "1")
    #expect(names == prompt.session.changeableNames(ofRun: "a"))
    #expect(Set(names).isSuperset(of: ["tau", "lr", "batch", "loss", "seed", "augment.flip"]))
    #expect(prompt.session.changeableNames(ofRun: "7").isEmpty)
    #expect(prompt.session.vocabulary.runs == [.init(1, name: "a")])
    #expect(prompt.session.vocabulary.columns.contains("tau"))
    #expect(prompt.session.vocabulary.views.contains { $0.name == "run_list" && $0.columns.contains("verdict") })
  }
}
