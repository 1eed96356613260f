import Commands
import Foundation
import Testing

/// What a later statement makes of an earlier one: hinges, remainders, names, machine-readable reports.
@Suite(.serialized) struct RemainderTests {
  @Test(arguments: [
    ("max(1, 2)", "2"), ("max(0, 1 - [0.5, 2])", "[0.5, 0]"), ("min([1, 5], [3, 2])", "[1, 2]"), ("max([[1, 2], [3, 0]], 2)", "[2, 3]"),
    ("max([[1, 2], [3, 0]], 1)", "[3, 2]"), ("min([3, 1, 2])", "1")
  ])
  func extremes(_ expression: String, _ printed: String) throws {
    #expect(try Prompt().value(expression) == printed)
  }

  @Test func aHingeHasAGradient() throws {
    #expect(try Prompt("val x = [0.5, 2]\n").value("grad(sum(max(0, 1 - x)), x)") == "[-1, 0]")
  }

  @Test func aFinishedRunLeavesNothing() throws {
    let prompt = try Prompt(Prompt.small + "loss -Pa . sg(Zb)\n")
    prompt("train 3 steps as \"first\"")
    prompt("loss -Za . sg(Zb)")
    #expect(prompt("train as \"second\"").end == .completed)
    #expect(try prompt.number("run(\"second\").steps") == 8)
  }

  @Test func aReportInJSONIsOneObject() throws {
    let prompt = try Prompt(Prompt.small + "loss -Pa . sg(Zb)\ntrain 2 steps as \"a \\\"b\\\"\"\n")
    let text = prompt("history 1 format json").output
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect((object["run"] as? [String: Any])?["name"] as? String == "a \"b\"")
    #expect((object["metrics"] as? [[String: Any]])?.contains { $0["metric"] as? String == "mr" } == true)
    #expect((object["statements"] as? [String])?.last?.hasPrefix("train 2 steps") == true)
  }

  @Test func otherWordsAreTranslated() throws {
    #expect(try Prompt()("print stopgrad([1])").errors.contains("here it is `sg(x)`"))
  }
}
