import Experiments
import SourceText
import Syntax

/// `optimizer sgd lr=0.5 momentum=0.9 decay=1e-5`
enum OptimizerStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "optimizer", signature: "optimizer sgd [lr=R] [momentum=M] [decay=W]",
    summary: "SGD; lr is the base rate, scaled by batch/256", paper: "A.1", examples: ["optimizer sgd lr=0.5 momentum=0.9 decay=1e-5"],
    options: [
      .init("lr", default: "0.5", summary: "base learning rate"),
      .init("momentum", default: "0.9", summary: "share of the last step that is taken again"),
      .init("decay", default: "1e-5", summary: "weight decay")
    ],
    arguments: [[.words(["sgd"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    _ = try arguments.word(of: ["sgd"], what: "optimizer")
    try arguments.end()
    let rate = try arguments.number(option: "lr", in: 0...1e6)
    let momentum = try arguments.number(option: "momentum", in: 0...1)
    let decay = try arguments.number(option: "decay", in: 0...1e6)
    session.experiment.set { settings in
      settings.rate = rate ?? settings.rate
      settings.momentum = momentum ?? settings.momentum
      settings.decay = decay ?? settings.decay
    }
  }
}
