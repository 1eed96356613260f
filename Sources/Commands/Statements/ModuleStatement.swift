import Experiments
import Networks
import SourceText
import Syntax

/// `module hinv = fc D/4 + bn + relu + fc D`
enum ModuleStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "module", signature: "module NAME = LAYER + LAYER + …", summary: "a further trainable module, callable in formulas",
    paper: "Sec. 2.3, Alg. 5", examples: ["module hinv = fc D/4 + bn + relu + fc D"],
    clauses: [.init("=", [.words(LayerWords.all)]), .init("+", [.words(LayerWords.all)])])

  private static let reserved = [Model.encoderName, Model.projectorName, Model.predictorName, Model.probeName]

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    guard case .layers(let name, let layers) = statement.kind else { return }
    guard BuiltInName(name.name) == nil, FormulaFunction.named(name.name) == nil, !reserved.contains(name.name) else {
      throw .wrong(Diagnostic("`\(name.name)` has a meaning already", at: name.span, hint: "choose another name"))
    }
    guard try session.head(layers) != nil else { throw .wrong(Diagnostic("a module needs layers", at: layers.span)) }
    session.changingNetworks {
      session.experiment.set { settings in
        settings.modules.removeAll { $0.name == name.name }
        settings.modules.append((name.name, layers))
      }
    }
    session.experiment.definitions.remove(name.name)
  }
}

/// The words of layer formulas, for completion.
enum LayerWords {
  static let all = ["fc", "bn", "relu", "l2", "bias", "identity", "tanh(fc)"]
}

extension Session {
  /// Layers with their widths computed; wrong ones are said at once.
  func head(_ layers: LayerFormula) throws(StatementFailure) -> Head? {
    try StatementFailure.wrap { () throws(Diagnostic) in try experiment.head(layers) }
  }
}
