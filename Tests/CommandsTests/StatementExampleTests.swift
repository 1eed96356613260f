import Commands
import Experiments
import SourceText
import Syntax
import TestSupport
import Testing

@Suite struct StatementExampleTests {
  static let examples = Session.declarations.flatMap { declaration in declaration.examples }

  @Test(arguments: examples) func anExampleParses(_ example: String) throws {
    _ = try Parser.statements(of: SourceFile(name: "example", text: example), mode: .script)
  }

  /// One after the other, as one would read them, in a folder of their own.
  @Test func theExamplesRun() throws {
    let home = try TemporaryFolder()
    try home.write("data shapes train=512 test=128\n", to: "setup.siam")
    let beginning = Prompt.small + "loss -Za . sg(Zb)\ntrain as \"a\"\ntrain as \"b\"\n"
    let answer = try SiamProcess.run(["-e", beginning + Self.examples.joined(separator: "\n") + "\nprint \"behind quit\""], home: home)
    #expect(answer.status == 0, Comment(rawValue: String(answer.errors.suffix(2000))))
    // `quit` is the last of them.
    #expect(!answer.output.contains("behind quit"))
  }

  @Test func everyStatementDeclaresWhatHelpNeeds() {
    for declaration in Session.declarations {
      #expect(declaration.signature.hasPrefix(declaration.keyword))
      #expect(!declaration.summary.isEmpty && !declaration.summary.hasSuffix("."))
      #expect(!declaration.examples.isEmpty, "\(declaration.keyword)")
      for option in declaration.options { #expect(!option.summary.isEmpty, "\(declaration.keyword) \(option.name)") }
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
