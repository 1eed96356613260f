import Experiments
import SourceText
import Syntax

/// `teacher 0.99`, `teacher none`
enum TeacherStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "teacher", signature: "teacher MOMENTUM · teacher none",
    summary: "a momentum encoder that follows encoder and projector after every step; its outputs are ta tb, unit rows Ta Tb",
    examples: ["teacher 0.99", "teacher none"], arguments: [[.words(["none"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    let momentum = try arguments.take("none") ? nil : arguments.number("momentum", in: 0...1).0
    try arguments.end()
    session.experiment.set { $0.teacher = momentum }
  }
}
