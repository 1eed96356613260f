import Commands
import Experiments
import Testing

/// What `help FUNCTION` shows is what happens.
@Suite struct FunctionExampleTests {
  /// Those that need networks, as `use quick` has them.
  private static let quick = "data shapes train=256 test=128\nuse quick\n"

  @Test(arguments: FormulaFunction.all.map(\.name)) func theExamplePrintsWhatItSays(name: String) throws {
    let function = try #require(FormulaFunction.named(name))
    // Those that need a past.
    guard name != "run", name != "runs" else { return }
    let needsNetworks = ["swap", "freeze", "bias", "weight"].contains(name)
    let prompt = try Prompt(needsNetworks ? Self.quick : "")
    let answer = prompt(function.example, mode: .prompt)
    #expect(answer.errors == "")
    #expect(answer.output == function.prints)
  }

  /// The extent of such a curve is more than a number holds.
  @Test(arguments: ["plot 1e308*x against x in -5..5", "plot x against x in [-1e308, 1e308]", "plot 0*x + 1e308 against x in -1..1"])
  func aPlotOfAnyRange(statement: String) throws {
    let answer = try Prompt()(statement)
    #expect(answer.errors == "")
    #expect(answer.output.contains("│"))
  }

  @Test func aPastRun() throws {
    let prompt = try Prompt(Prompt.small + "loss -Pa . sg(Zb)\ntrain as \"a\"")
    let function = try #require(FormulaFunction.named("run"))
    #expect(Double(prompt(function.example).output) != nil)
    #expect(Double(prompt("print run(runs(\"a\")[1]).top1").output) != nil)
    #expect(prompt("train 1 steps; train 1 steps as \"a\"; print runs(\"a\"), runs(\"b\")").output == "[1, 3]  []")
  }
}
