import Commands
import Experiments
import SourceText
import Syntax
import Testing

@Suite struct StatementExampleTests {
  static let examples = Session.declarations.flatMap { declaration in declaration.examples }

  @Test(arguments: examples) func anExampleParses(_ example: String) throws {
    _ = try Parser.statements(of: SourceFile(name: "example", text: example), mode: .script)
  }

  /// Each runs in a small session that has what it may need. Data in files and the paper's own sizes are for other tests.
  @Test(arguments: examples.filter { !$0.hasPrefix("data cifar") && !$0.hasPrefix("data idx") && !$0.hasPrefix("data fashion") })
  func anExampleRuns(_ example: String) throws {
    let prompt = try Prompt(Prompt.small + "loss -Pa . sg(Zb)")
    let answer = prompt(example)
    #expect(answer.errors == "")
    #expect(answer.end == (example == "quit" ? .quit : .completed))
  }

  @Test func everyStatementDeclaresWhatHelpNeeds() {
    for declaration in Session.declarations {
      #expect(declaration.signature.hasPrefix(declaration.keyword))
      #expect(!declaration.summary.isEmpty && !declaration.summary.hasSuffix("."))
    }
  }

  @Test(
    arguments: Session.declarations.map(\.keyword) + FormulaFunction.names + BuiltInName.names
      + MetricName.allCases.map(\.rawValue))
  func helpHasTheTopic(_ topic: String) throws {
    let answer = try Prompt()("help \(topic)")
    #expect(answer.end == .completed, Comment(rawValue: answer.errors))
    #expect(!answer.output.isEmpty)
  }

  @Test func helpHasTheTopicsThatItCompletes() throws {
    let prompt = try Prompt()
    for topic in prompt.session.vocabulary.topics {
      let answer = prompt("help \(topic)")
      #expect(answer.end == .completed, Comment(rawValue: answer.errors))
    }
  }

  @Test func anUnknownTopicNamesItsNeighbours() throws {
    let answer = try Prompt()("help lose")
    #expect(answer.end == .usage)
    #expect(answer.errors.contains("did you mean `loss`"))
  }
}
