import Experiments
import SourceText
import Syntax
import Tables

/// `evaluate linear`, `evaluate knn k=20`
enum EvaluateStatement: ShowingCommand {
  static let declaration = StatementDeclaration(
    keyword: "evaluate", signature: "evaluate linear [epochs=N] · evaluate knn [k=N]", summary: "judge the frozen features on the test set",
    paper: "A.1", examples: ["evaluate knn k=20", "evaluate linear epochs=2"],
    options: [.init("epochs", default: "100", summary: "epochs of the linear classifier"), .init("k", default: "20", summary: "neighbours")],
    arguments: [[.words(["linear", "knn"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let kind = try arguments.word(of: ["linear", "knn"], what: "evaluation")
    try arguments.end()
    let epochs = try arguments.integer(option: "epochs", in: 1...100_000)
    let neighbours = try arguments.integer(option: "k", in: 1...1_000_000)
    let experiment = session.experiment
    if kind == "linear" {
      let result = try StatementFailure.wrap { () throws(Diagnostic) in
        try experiment.linearEvaluation(epochs: epochs, at: statement.span)
      }
      session.show([("linear top1", result.testTop1), ("train", result.trainTop1)])
    } else {
      let top1 = try StatementFailure.wrap { () throws(Diagnostic) in
        try experiment.nearestNeighbourEvaluation(neighbours: neighbours ?? 20, at: statement.span)
      }
      session.show([("knn top1", top1)])
    }
  }
}

extension Session {
  /// Named numbers on one line, or as one JSON object.
  func show(_ numbers: [(name: String, value: Double)]) {
    if options.format == .json {
      output.result("{" + numbers.map { "\(JSONText.string($0.name)): \(NumberText.json($0.value))" }.joined(separator: ", ") + "}")
    } else {
      output.result(numbers.map { "\($0.name) \(NumberText.short($0.value))" }.joined(separator: "   "))
    }
  }
}
