import Commands
import Experiments
import Foundation
import SourceText
import Syntax
import TestSupport
import Testing

/// Help is made from what things declare: nothing may lack a sentence, an example that runs, and where there is one its place in the paper.
@Suite struct HelpTests {
  /// What the examples of names need.
  private static let setting = Prompt.small + "loss -Za . sg(Zb)\ntrain 2 steps as \"a\"\n"

  // MARK: - What is declared

  @Test func everythingHasASentence() {
    let sentences =
      FormulaFunction.all.map { ($0.name, $0.summary) } + BuiltInName.names.map { ($0, BuiltInName.summary(of: $0) ?? "") }
      + MetricName.allCases.map { ($0.rawValue, $0.summary) } + RecordedFact.allCases.map { ($0.rawValue, $0.summary) }
      + HelpTopic.all.map { ($0.name, $0.summary) } + OperatorDescription.all.map { ($0.signs[0], $0.summary) }
    for (name, sentence) in sentences { #expect(!sentence.isEmpty && !sentence.hasSuffix("."), "\(name)") }
  }

  @Test func everyOperatorIsExplained() {
    let signs = Set(OperatorDescription.all.flatMap(\.signs))
    for sign in BinaryOperator.allCases.map(\.rawValue) + UnaryOperator.allCases.map(\.rawValue) { #expect(signs.contains(sign), "\(sign)") }
  }

  /// `Sec. 3.1, Fig. 4`, `Eq. 1 and 2`, `A.1; Sec. 5, Table 5`: places that the paper has.
  @Test func placesArePlacesOfThePaper() throws {
    let places =
      Session.declarations.compactMap(\.paper) + FormulaFunction.all.compactMap(\.paper)
      + BuiltInName.names.compactMap { BuiltInName($0)?.paper } + MetricName.allCases.compactMap(\.paper) + RecordedFact.allCases.compactMap(\.paper)
      + OperatorDescription.all.compactMap(\.paper) + HelpTopic.all.compactMap(\.paper)
    #expect(places.count > 60)
    let kinds = [
      "Sec\\. [1-6](\\.[1-5])?\\b", "Eq\\. ([1-9]|1[0-5])\\b", "Fig\\. [1-9][a-c]?\\b", "Tables? [1-6]\\b", "Alg\\. [1-6]\\b", "\\bA\\.[1-8]\\b"
    ]
    for place in places { #expect(kinds.contains { place.range(of: $0, options: .regularExpression) != nil }, "\(place)") }
  }

  /// What the paper is about has its place there.
  @Test(arguments: [
    "loss", "augment", "encoder", "projector", "predictor", "optimizer", "schedule", "batch", "train", "decompose", "flow", "module", "memory",
    "sg", "center", "residual", "neggrad", "infonce", "lambda", "decorrelation", "component", "Za", "Pa", "oz", "op", "ra", "Zn", "oe", "re", "Ma",
    "std", "mo", "mr", "cov", "top1", "."
  ])
  func itsPlaceIsShown(topic: String) throws {
    #expect(try Prompt()("help \"\(topic)\"").output.contains("in the paper: "))
  }

  /// An operator is asked for as it is, with quotes and without.
  @Test(arguments: ["+", "-", "*", "/", "^", ".", "@", "<", "<=", "=="]) func ofAnOperator(_ sign: String) throws {
    let answer = try Prompt()("help \(sign)")
    let quoted = try Prompt()("help \"\(sign)\"").output
    #expect(answer.end == .completed && answer.output == quoted, Comment(rawValue: answer.errors))
    #expect(try Prompt()("help \(sign); print 7").output.hasSuffix("7"))
  }

  // MARK: - Examples

  @Test(arguments: BuiltInName.names) func theExampleOfANameRuns(name: String) throws {
    try run(try #require(BuiltInName(name)).example)
  }

  @Test(arguments: MetricName.allCases.map(\.example) + RecordedFact.allCases.map(\.example)) func theExampleOfAMetricRuns(example: String) throws {
    try run(example)
  }

  @Test(arguments: HelpTopic.all.map(\.name)) func theExamplesOfATopicRun(topic: String) throws {
    try run(try #require(HelpTopic.named(topic)).examples.joined(separator: "\n"))
  }

  @Test(arguments: OperatorDescription.all.map(\.example)) func theExampleOfAnOperatorPrintsWhatItSays(example: String) throws {
    let description = try #require(OperatorDescription.all.first { $0.example == example })
    let answer = try Prompt()(example)
    #expect(answer.errors == "")
    #expect(answer.output == description.prints)
  }

  private func run(_ example: String) throws {
    let answer = try Prompt(Self.setting)(example)
    #expect(answer.end == .completed, Comment(rawValue: answer.errors))
  }

  // MARK: - The user's own

  @Test func ofAFormulaTheDefinitionAndTheShape() throws {
    #expect(try Prompt(Prompt.small)("let Ge = -Zn\nhelp Ge").output == "let Ge = -Zn\n  Ge : batch × dim")
  }

  @Test func ofAValueWhatItIs() throws {
    let prompt = try Prompt("val A = [[3, 4], [1, 0]]\nval x = 3")
    #expect(prompt("help A").output == "val A = [[3, 4], [1, 0]]\n  A : 2 × 2")
    #expect(prompt("help x").output == "val x = 3")
  }

  @Test func ofAModuleWhatGoesInAndOut() throws {
    #expect(try Prompt(Prompt.small + "module hinv = fc D/4 + bn + relu + fc D")("help hinv").output.hasPrefix("hinv: 32 → 32, "))
  }

  @Test func ofATrackedMetricItsFormula() throws {
    let prompt = try Prompt(Prompt.small + "track angle = cos(oz, op) every epoch")
    #expect(prompt("help angle").output.hasPrefix("track angle = cos(oz, op) every epoch"))
  }

  @Test func aNameOfTwoMeaningsHasBoth() throws {
    let text = try Prompt()("help std").output
    #expect(text.contains("std(X)") && text.contains("unit rows of both views"))
  }

  @Test func aNameThatSiamGivesHasItsShapeHere() throws {
    #expect(try Prompt(Prompt.small)("help oz").output.contains("here: a vector of dim 32"))
  }

  /// What `decompose grad` prints is explained, and what it is called leads there.
  @Test func decompositionsAreExplained() throws {
    let answers = try Prompt(Prompt.small + "let Ge = -Zn\nloss -Za . sg(Zb + oe)")("decompose grad").output
    let help = try Prompt()("help decompose").output
    for word in ["oe", "re", "η", "de-centers", "cos(oe, oz)", "cos(re, "] { #expect(answers.contains(word) && help.contains(word), "\(word)") }
    for word in ["eta", "η", "Ge", "decomposition"] {
      let page = try Prompt()("help \(word)").output
      #expect(page.hasPrefix("decomposition\n") && page.contains("Eq. 4") && page.contains("component(oe, oz)"), "\(word)")
    }
    #expect(try Prompt()("help collapse").output.contains("std·√D is under 0.2"))
    #expect(try Prompt()("help simsiam").output.contains("loss -Pa . sg(Zb)"))
  }

  @Test func otherWordsForQuitHaveItsHelp() throws {
    for word in ["quit", "exit", "q"] { #expect(try Prompt()("help \(word)").output.hasPrefix("quit\n"), "\(word)") }
    #expect(try Prompt()("help quit").output.contains("`exit`"))
  }

  /// A sentence of the reference begins with a capital, and a name has none of its own.
  @Test func noNameIsSpelledOtherwise() {
    let text = LanguageReference.markdown
    for name in ["Oz", "Op", "Oe"] { #expect(text.firstRange(of: try! Regex("\\b\(name)\\b")) == nil, "\(name)") }
  }

  // MARK: - Layout

  @Test(arguments: [40, 80, 120]) func linesFitTheWindow(columns: Int) {
    for page in HelpIndex.names.compactMap(HelpIndex.page) + [HelpIndex.overview] {
      for line in page.text(columns: columns).split(separator: "\n") where line.count >= columns {
        // Only what has no blank to break at.
        #expect(!line.drop { $0 == " " }.contains(" "), "\(line)")
      }
    }
  }

  @Test func noWordIsLost() {
    func words(_ text: String) -> [Substring] { text.split { $0.isWhitespace } }
    for page in HelpIndex.names.compactMap(HelpIndex.page) {
      #expect(words(page.text(columns: 40)) == words(page.text(columns: 200)))
    }
  }

  // MARK: - The reference

  /// `scripts/reference` writes it.
  @Test func theReferenceIsWhatIsDeclared() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../docs/language.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text == LanguageReference.markdown, "`scripts/reference` brings docs/language.md up to date")
    #expect(try Prompt()("help --markdown").output + "\n" == text)
  }

  @Test func theReferenceHasEverything() {
    for declaration in Session.declarations { #expect(LanguageReference.markdown.contains("\n### \(declaration.keyword)\n")) }
    for name in FormulaFunction.all.map(\.signature) + BuiltInName.names + MetricName.allCases.map(\.rawValue) {
      #expect(LanguageReference.markdown.contains("| `\(name)` |"), "\(name)")
    }
  }
}
