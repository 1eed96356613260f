import Experiments
import Networks
import SourceText
import Syntax
import Training

/// `rate h constant`, `rate encoder lr=0.1`, `rate h lr=0`
enum RateStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "rate", signature: "rate MODULE [constant] [lr=R] · rate MODULE scheduled",
    summary: "a module's own learning rate; 0 freezes it", paper: "A.1", examples: ["rate h constant", "rate encoder lr=0.1", "rate h lr=0"],
    options: [.init("lr", default: "that of `optimizer`", summary: "base rate of this module")],
    arguments: [[.modules], [.words(["constant", "scheduled"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let names = [Model.encoderName, Model.projectorName] + session.experiment.definitions.moduleNames
    let module = try arguments.word(of: names, what: "module")
    let isConstant = arguments.take("constant")
    let isScheduled = arguments.take("scheduled")
    try arguments.end()
    let rate = try arguments.number(option: "lr", in: 0...1e6)
    guard isConstant || isScheduled || rate != nil else {
      throw .wrong(Diagnostic("`rate \(module)` needs a rate", at: statement.span, hint: declaration.signature))
    }
    // A rate alone leaves the schedule as it was.
    let follows = isScheduled || (!isConstant && session.experiment.settings.moduleRates[module]?.followsSchedule ?? true)
    session.experiment.set { $0.moduleRates[module] = ModuleRate(base: rate, followsSchedule: follows) }
  }
}
