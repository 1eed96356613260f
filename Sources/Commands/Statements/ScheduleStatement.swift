import Experiments
import Networks
import SourceText
import Syntax

/// `schedule cosine warmup=10`, `schedule constant`
enum ScheduleStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "schedule", signature: "schedule cosine [warmup=EPOCHS] · schedule constant",
    summary: "how the rate changes over one train", paper: "A.1", examples: ["schedule cosine warmup=10", "schedule constant"],
    options: [.init("warmup", default: "as before: quick 1, paper 10", summary: "epochs of linear warm-up")],
    arguments: [[.words(["cosine", "constant"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let name = try arguments.word(of: ["cosine", "constant"], what: "schedule")
    try arguments.end()
    let warmup = try arguments.number(option: "warmup", in: 0...1e6)
    if name == "constant", let expression = arguments.expression("warmup") {
      throw .wrong(Diagnostic("a constant rate has no warm-up", at: expression.span, hint: "`schedule cosine warmup=…`"))
    }
    session.experiment.set { settings in
      let before: Double = if case .cosine(let epochs) = settings.schedule { epochs } else { 0 }
      settings.schedule = name == "constant" ? .constant : .cosine(warmupEpochs: warmup ?? before)
    }
  }
}
