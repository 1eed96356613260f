import Experiments
import SourceText
import Syntax

/// `predictor fc D/4 + bn + relu + fc D`, `predictor none`
enum PredictorStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "predictor", signature: "predictor LAYER + LAYER + … · predictor none",
    summary: "the module h, which makes p of z; also fc + fc + bias, tanh(fc), bias",
    paper: "A.1; Sec. 5, Table 5", examples: ["predictor l2 + bias", "predictor fc D/4 + bn + relu + fc D"],
    arguments: [[.words(LayerWords.all + ["none"])]],
    clauses: [.init("+", [.words(LayerWords.all)])])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .layers(_, let layers) = statement.kind else { return }
    _ = try session.head(layers)
    session.changingNetworks { session.experiment.set { $0.predictor = layers } }
    if layers.layers.contains(where: { $0.name.name == "tanh" }) {
      session.note("tanh(fc): after every step weight ← tanh(weight), as in Table 5; it is no activation")
    }
  }
}
