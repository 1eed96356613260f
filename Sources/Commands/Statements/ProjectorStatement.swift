import Experiments
import SourceText
import Syntax

/// `projector fc D + bn + relu + fc D`
enum ProjectorStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "projector", signature: "projector LAYER + LAYER + …",
    summary: "the head that makes z of the features; layers are fc, bn, relu, l2, bias, identity",
    paper: "A.1", examples: ["projector fc D + bn + relu + fc D + bn(affine=false)", "projector fc D + bn + relu + fc D + bn + relu + fc D + bn"],
    arguments: [[.words(LayerWords.all)]],
    clauses: [.init("+", [.words(LayerWords.all)])])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .layers(_, let layers) = statement.kind else { return }
    guard try session.head(layers) != nil else {
      throw .wrong(Diagnostic("a projector cannot be `none`", at: layers.span, hint: "`projector identity` passes the features on"))
    }
    session.changingNetworks { session.experiment.set { $0.projector = layers } }
  }
}
