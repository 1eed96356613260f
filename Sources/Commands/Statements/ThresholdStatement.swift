import Experiments
import SourceText
import Syntax

/// `threshold full=0.2 partial=0.5`
enum ThresholdStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "threshold", signature: "threshold [full=X] [partial=X] [fall=X] [rank=X]", summary: "the numbers that a verdict is judged by",
    paper: "Sec. 3.1", examples: ["threshold full=0.1"],
    options: [
      .init("full", default: "0.2", summary: "full collapse when mr or std·√D is under it"),
      .init("partial", default: "0.5", summary: "partial collapse when mr is under it"),
      .init("fall", default: "0.05", summary: "mr still falls when it lost more than this share"),
      .init("rank", default: "5", summary: "warn under this effective rank")
    ])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    let arguments = try StatementArguments(statement, declaration, in: session)
    try arguments.end()
    var thresholds = session.experiment.thresholds
    thresholds.full = try arguments.number(option: "full", in: 0...1) ?? thresholds.full
    thresholds.partial = try arguments.number(option: "partial", in: 0...1) ?? thresholds.partial
    thresholds.fall = try arguments.number(option: "fall", in: 0...1) ?? thresholds.fall
    thresholds.rank = try arguments.number(option: "rank", in: 0...1e6) ?? thresholds.rank
    session.experiment.thresholds = thresholds
  }
}
